"""A run spread over jobs and machines: shards, and a shared database of examples."""

import re
import zlib
from urllib.parse import urlsplit

import pytest


def shard_of(text):
    """Which shard of how many, from 0: "2/8" is (1, 8).

    Raises:
        pytest.UsageError: it is not K/N with 1 ≤ K ≤ N.
    """
    match = re.fullmatch(r"(\d+)/(\d+)", text)
    which, count = map(int, match.groups()) if match else (0, 0)
    if not 1 <= which <= count:
        raise pytest.UsageError(f"--shard is {text}; it must be K/N, 1 ≤ K ≤ N: 2/8")
    return which - 1, count


def in_shard(operation, which, count):
    """Whether an operation's properties are in a shard: by its name alone."""
    return zlib.crc32(operation.encode()) % count == which


def deselect_others(items, config):
    """Keep the properties of one shard."""
    which, count = shard_of(config.option.shard)
    kept, others = [], []
    for item in items:
        operation = dict(item.user_properties).get("operation") or item.nodeid
        (kept if in_shard(operation, which, count) else others).append(item)
    config.hook.pytest_deselected(items=others)
    items[:] = kept


def database_at(url):
    """Open a database of examples on a Redis server, that runs may share.

    Raises:
        pytest.UsageError: the URL is not one of Redis, its library is not installed,
            or no server answers there.
    """
    if urlsplit(url).scheme not in ("redis", "rediss", "unix"):
        raise pytest.UsageError(
            f"--database is {url}; it must be redis://HOST:PORT/NUMBER, rediss://… or "
            "unix://PATH"
        )
    try:
        import redis
        from hypothesis.extra.redis import RedisExampleDatabase
    except ImportError:
        raise pytest.UsageError("--database needs redis: pip install redis") from None
    server = redis.Redis.from_url(url)
    try:
        server.ping()
    except redis.RedisError as error:
        raise pytest.UsageError(f"--database {url}: {error}") from None
    return RedisExampleDatabase(server)
