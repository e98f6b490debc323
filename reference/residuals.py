"""What the layers of a Transformer are put together by."""

from collections.abc import Callable, Sequence

import numpy as np

from reference.normalisation.layer_norm import layer_norm
from reference.transformer.feed_forward import add_norm


def residual(
    x: np.ndarray,
    sublayer: Callable[[np.ndarray], np.ndarray],
    norm: Sequence[np.ndarray | None],
    *,
    norm_first: bool,
    eps: float,
) -> np.ndarray:
    """Add to x what a sublayer makes of it; norm the sum, or what the sublayer gets."""
    options = {"normalized_shape": x.shape[-1:], "eps": eps}
    if norm_first:
        return x + sublayer(layer_norm(x, *norm, **options))
    return add_norm(x, sublayer(x), *norm, **options)


def check_count(weights: Sequence, count: int) -> None:
    """Check that a layer has all its weights.

    Raises:
        ValueError: it has not, or more.
    """
    if len(weights) != count:
        raise ValueError(f"there are {len(weights)} weights; a layer has {count}")


def split_layers(weights: Sequence, count: int) -> tuple[list[Sequence], Sequence]:
    """Part the weights of a stack into layers of `count` each, and a last norm.

    Raises:
        ValueError: there are neither none left for the norm nor two.
    """
    depth, left = divmod(len(weights), count)
    if left not in (0, 2):
        raise ValueError(
            f"there are {len(weights)} weights; each layer has {count}, a norm 2"
        )
    layers = [weights[count * i : count * (i + 1)] for i in range(depth)]
    return layers, weights[count * depth :]
