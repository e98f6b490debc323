"""Backpropagation through a graph of simple steps."""

from fractions import Fraction

import numpy as np

ARITY = {
    **dict.fromkeys(("add", "sub", "mul", "max"), 2),
    **dict.fromkeys(("neg", "exp", "tanh", "square", "detach"), 1),
}
"""Kinds of nodes, and how many numbers each is made of."""


def computational_graph(leaves: np.ndarray, *, nodes: tuple[tuple, ...]) -> np.ndarray:
    """Compute every node of a graph, each from earlier numbers.

        v[i] = leaves[i] for i < n;  v[n + k] = kind(v[a], v[b])
        where nodes[k] = (kind, a, b), or (kind, a) if the kind takes one number;
        kinds are add, sub, mul, max, neg, exp, tanh, square, and detach: v[a] itself,
        that no gradient goes back through (see `backpropagate`).

    Shapes:
        leaves  (n)
        result  (n + number of nodes), leaves' dtype

    Raises:
        ValueError: leaves are not of one axis, a kind is none of these, or a node is
            made of what is not computed yet.

    Source: Griewank and Walther, "Evaluating Derivatives", 2nd ed., section 2.2.
    """
    _check_nodes(leaves, nodes)
    values = np.zeros(len(leaves) + len(nodes), leaves.dtype)
    values[: len(leaves)] = leaves
    for k, (kind, *parents) in enumerate(nodes):
        values[len(leaves) + k] = _step(kind, *values[parents])
    return values


def backpropagate(
    leaves: np.ndarray, upstream: np.ndarray, *, nodes: tuple[tuple, ...]
) -> np.ndarray:
    """Take the gradient of Σ upstream · v by the leaves of a graph.

        downstream = upstream · local,  for each number that a node is made of,
        added up where a number goes into several; from the last node to the first.
        Nothing goes back through detach; where two numbers tie, the local
        gradient of max is ½ for each.

    Shapes:
        leaves    (n)
        upstream  (n + number of nodes): what the gradient of each number is, of itself
        result    (n), leaves' dtype

    Raises:
        ValueError: upstream is not of the numbers of the graph; see
            `computational_graph`.

    Source: Griewank and Walther, "Evaluating Derivatives", 2nd ed., section 3.2.
    """
    values = computational_graph(leaves, nodes=nodes)
    if upstream.shape != values.shape:
        raise ValueError(f"upstream has shape {upstream.shape}, not {values.shape}")
    slopes = upstream.copy()
    for k in reversed(range(len(nodes))):
        kind, *parents = nodes[k]
        locals_ = _local(kind, values[len(leaves) + k], *values[parents])
        for parent, local in zip(parents, locals_):
            slopes[parent] = slopes[parent] + slopes[len(leaves) + k] * local
    return slopes[: len(leaves)]


def accumulate_gradients(
    leaves: np.ndarray,
    *upstreams: np.ndarray,
    nodes: tuple[tuple, ...],
    zero_grad: bool = False,
) -> np.ndarray:
    """Go backward several times: what the leaves' grad is in the end.

        grad = Σ_k backpropagate(leaves, upstreams[k]),  or with zero_grad, which
        forgets before each time, that of the last alone

    Shapes: as `backpropagate`, for each of upstreams.

    Source: PyTorch's documentation of torch.Tensor.backward and Optimizer.zero_grad.
    """
    grad = np.zeros(leaves.shape, leaves.dtype)
    for upstream in upstreams:
        added = backpropagate(leaves, upstream, nodes=nodes)
        grad = added if zero_grad else grad + added
    return grad


def _step(kind: str, a, b=None):
    """Compute one node."""
    match kind:
        case "add":
            return a + b
        case "sub":
            return a - b
        case "mul":
            return a * b
        case "max":
            return np.maximum(a, b)
        case "neg":
            return -a
        case "exp":
            return np.exp(a)
        case "tanh":
            return np.tanh(a)
        case "square":
            return a * a
    return a


def _local(kind: str, value, a, b=None) -> tuple:
    """The derivatives of one node, which is `value`, by what it is made of."""
    match kind:
        case "add":
            return 1, 1
        case "sub":
            return 1, -1
        case "mul":
            return b, a
        case "max":
            share = Fraction(2 * (a > b) + (a == b), 2)
            return share, 1 - share
        case "neg":
            return (-1,)
        case "exp":
            return (value,)
        case "tanh":
            return (1 - value * value,)
        case "square":
            return (2 * a,)
    return (0,)


def _check_nodes(leaves: np.ndarray, nodes: tuple[tuple, ...]) -> None:
    """Check that nodes can be computed one after the other.

    Raises:
        ValueError: they cannot.
    """
    if leaves.ndim != 1:
        raise ValueError(f"leaves have shape {leaves.shape}; they must have one axis")
    for k, (kind, *parents) in enumerate(nodes):
        if ARITY.get(kind) != len(parents):
            raise ValueError(f"node {k} is {nodes[k]}; kinds and counts are {ARITY}")
        if not all(0 <= parent < len(leaves) + k for parent in parents):
            raise ValueError(f"node {k} is {nodes[k]}; it must be of earlier numbers")
