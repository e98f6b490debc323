"""What an option is by default is what it is in PyTorch, under the same name."""

import inspect

import pytest

from properties.operations import operations

torch = pytest.importorskip("torch")

HOMES = (
    *(torch.nn.functional, torch, torch.nn, torch.nn.init, torch.nn.utils),
    *(torch.nn.utils.rnn, torch.optim, torch.optim.lr_scheduler),
)
ALIKE = {"bias": {True: None}, "value": {None: 0}}
"""What a module says by True is a tensor here; torch.nn.functional.pad's None is 0."""


def plain(name):
    return name.replace("_", "").lower()


def defaults(function):
    """The defaults of a function or class, by the names of its parameters."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):  # built in
        return {}
    return {p.name: p.default for p in parameters if p.default is not p.empty}


def pairs():
    """Operations, options, and the defaults here and in PyTorch."""
    theirs = {}
    for home in HOMES:
        for name in dir(home):
            theirs.setdefault(plain(name), []).append(getattr(home, name))
    for operation, function in sorted(operations().items()):
        ours = defaults(function)
        for other in filter(callable, theirs.get(plain(operation), [])):
            for option in sorted(ours.keys() & defaults(other).keys()):
                yield operation, option, ours[option], defaults(other)[option]


@pytest.mark.parametrize(("operation", "option", "ours", "theirs"), [*pairs()])
def test_an_option_is_by_default_what_it_is_in_pytorch(operation, option, ours, theirs):
    theirs = getattr(theirs, "__name__", theirs)
    assert ours == ALIKE.get(option, {}).get(theirs, theirs)
