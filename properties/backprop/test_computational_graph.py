"""The laws of reference/computational_graph.py, then its agreement with backends."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.operations import ways
from properties.strategies import codes, fractions, ordinary
from reference.backprop.computational_graph import (
    ARITY,
    accumulate_gradients,
    backpropagate,
    computational_graph,
)

# --- strategies

EXACT = ("mul", "add", "detach", "sub", "square", "max", "neg")
"""Kinds that are rational."""

EVERY = ("mul", "add", "tanh", "detach", "sub", "square", "exp", "neg")
"""Kinds without max, which has a kink where numbers that are computed tie."""


@st.composite
def graphs(draw, elements, kinds, *, upstreams=1):
    """Leaves, what comes from upstream, and nodes, each of earlier numbers."""
    count, length = draw(st.integers(1, 3)), draw(st.integers(1, 6))
    code = draw(codes((length, 3)))
    nodes, squares = [], 0
    for k, (kind, *parents) in enumerate(code):
        kind = kinds[kind % len(kinds)]
        # Powers of powers, and e^e^x, are too large to say anything of.
        squares += kind in ("square", "exp", "mul")
        kind = "add" if squares > 3 and kind in ("square", "exp", "mul") else kind
        chosen = [int(at) % (count + k) for at in parents[: ARITY[kind]]]
        nodes.append((kind, *chosen))
    shape = (count + length,)
    return (
        draw(elements((count,))),
        *[draw(elements(shape)) for _ in range(upstreams)],
        tuple(nodes),
    )


def moderate(shape):
    """Numbers between −1 and 1, with random bits."""
    return ordinary(shape).map(lambda x: x / (1 + abs(x)))


# --- identities


@given(graphs(fractions, [kind for kind in EXACT if kind != "detach"]))
def test_backpropagate_is_the_gradient_of_the_graph(example):
    """It is what a tape says of Σ upstream · v, where nothing is detached"""
    leaves, upstream, nodes = example
    (expected,) = gradient(
        lambda leaves: computational_graph(leaves, nodes=nodes), [leaves], upstream
    )
    assert_equal(backpropagate(leaves, upstream, nodes=nodes), expected)


@given(fractions((2,)), fractions((1,)))
def test_backpropagate_is_a_central_difference_of_quadratics(leaves, h):
    """Of v = x² + x y, (v(x + h) − v(x − h)) / 2 h, exactly"""
    nodes, h = (("square", 0), ("mul", 0, 1), ("add", 2, 3)), abs(h[0]) + 1
    steps = [np.array([sign * h, 0]) for sign in (1, -1)]
    ends = [computational_graph(leaves + step, nodes=nodes)[-1] for step in steps]
    upstream = np.array([Fraction(0)] * 4 + [Fraction(1)])
    left = backpropagate(leaves, upstream, nodes=nodes)[0]
    assert left == (ends[0] - ends[1]) / (2 * h)


# --- algebra


@given(graphs(fractions, EXACT, upstreams=2), st.integers(-3, 3))
def test_backpropagate_is_linear_in_the_upstream(example, a):
    """backpropagate(a g + h) = a · backpropagate(g) + backpropagate(h)"""
    leaves, g, h, nodes = example
    left = backpropagate(leaves, a * g + h, nodes=nodes)
    right = a * backpropagate(leaves, g, nodes=nodes)
    assert_equal(left, right + backpropagate(leaves, h, nodes=nodes))


@given(graphs(fractions, EXACT))
def test_backpropagate_of_nothing_is_zero(example):
    """upstream 0  ⇒  gradient 0"""
    leaves, upstream, nodes = example
    left = backpropagate(leaves, 0 * upstream, nodes=nodes)
    assert_equal(left, 0 * leaves)


@given(fractions((1,)), st.integers(1, 6))
def test_backpropagate_sums_over_a_fan_out(leaf, n):
    """x + x + … + x, n times: ∂ = n"""
    nodes = tuple(("add", k, 0) for k in range(n))
    upstream = np.array([Fraction(0)] * n + [Fraction(1)])
    left = backpropagate(leaf, upstream, nodes=nodes)
    assert_equal(left, np.array([Fraction(n + 1)]))


# --- cut graphs


@given(fractions((1,)))
def test_backpropagate_halves_the_gradient_of_a_tie(leaf):
    """Of max(x, y) where x = y, half goes to each"""
    leaves = np.array([leaf[0], leaf[0] + 0])
    upstream = np.array([Fraction(0), Fraction(0), Fraction(1)])
    halves = backpropagate(leaves, upstream, nodes=(("max", 0, 1),))
    assert [*halves] == [Fraction(1, 2)] * 2


@given(graphs(fractions, EXACT))
def test_computational_graph_detach_keeps_values(example):
    """v with every node followed by detach has the same numbers"""
    leaves, _, nodes = example
    copy = (*nodes, *[("detach", len(leaves) + k) for k in range(len(nodes))])
    values = computational_graph(leaves, nodes=copy)
    computed = values[len(leaves) : len(leaves) + len(nodes)]
    assert_equal(values[len(leaves) + len(nodes) :], computed)


@given(graphs(fractions, EXACT))
def test_backpropagate_does_not_go_through_detach(example):
    """∂ v / ∂ leaves = 0, where v is detached"""
    leaves, upstream, nodes = example
    last = len(leaves) + len(nodes) - 1
    only = np.append(0 * upstream, Fraction(1))
    left = backpropagate(leaves, only, nodes=(*nodes, ("detach", last)))
    assert_equal(left, 0 * leaves)


def test_backpropagate_to_a_position_embedding_that_is_data():
    """The notes: X + pos_embedding.data is a learnable embedding. .data is detached:
    the embedding has no gradient, and is never learned; without .data it has."""
    leaves, upstream = np.array([2.0, 3.0]), np.array([0.0, 0.0, 0.0, 1.0])
    cut = (("detach", 1), ("add", 0, 2))
    assert_equal(backpropagate(leaves, upstream, nodes=cut), np.array([1.0, 0.0]))
    left = backpropagate(leaves, upstream[1:], nodes=(("add", 0, 1),))
    assert_equal(left, np.array([1.0, 1.0]))


# --- special cases


def test_backpropagate_of_flat_code_is_the_forward_code_reversed():
    """(x + y) · z at (−2, 5, −4): ∂ = (z, z, x + y)"""
    x, y, z = -2.0, 5.0, -4.0
    q = x + y
    f = q * z
    grad_q, grad_z = z, q  # the steps of the forward code, from the last to the first
    grad_x, grad_y = grad_q, grad_q
    leaves, nodes = np.array([x, y, z]), (("add", 0, 1), ("mul", 3, 2))
    assert computational_graph(leaves, nodes=nodes)[-1] == f
    left = backpropagate(leaves, np.array([0.0, 0, 0, 0, 1]), nodes=nodes)
    assert_equal(left, np.array([grad_x, grad_y, grad_z]))


# --- accumulation


@given(graphs(fractions, EXACT), st.integers(1, 5))
def test_accumulate_gradients_of_k_times_is_k_times_the_gradient(example, k):
    """Without zero_grad, k times backward gives k · gradient; with it, the gradient"""
    leaves, upstream, nodes = example
    once = backpropagate(leaves, upstream, nodes=nodes)
    several = [upstream] * k
    assert_equal(accumulate_gradients(leaves, *several, nodes=nodes), k * once)
    left = accumulate_gradients(leaves, *several, nodes=nodes, zero_grad=True)
    assert_equal(left, once)


@given(graphs(fractions, EXACT, upstreams=2))
def test_accumulate_gradients_is_the_gradient_of_the_sum(example):
    """backward(g), backward(h) = backward(g + h)"""
    leaves, g, h, nodes = example
    left = accumulate_gradients(leaves, g, h, nodes=nodes)
    assert_equal(left, backpropagate(leaves, g + h, nodes=nodes))


# --- errors


@pytest.mark.parametrize(
    ("problem", "shape", "nodes"),
    [
        ("one axis", (2, 2), ()),
        ("kinds and counts", (2,), (("divide", 0, 1),)),
        ("kinds and counts", (2,), (("add", 0),)),
        ("earlier numbers", (2,), (("add", 0, 2),)),
        ("earlier numbers", (2,), (("neg", -1),)),
        ("earlier numbers", (2,), (("neg", 0), ("neg", 3))),
    ],
)
def test_computational_graph_rejects_what_is_no_graph(problem, shape, nodes):
    with pytest.raises(ValueError, match=problem):
        computational_graph(np.ones(shape), nodes=nodes)


def test_backpropagate_rejects_an_upstream_of_another_size():
    with pytest.raises(ValueError, match="upstream has"):
        backpropagate(np.ones(2), np.ones(2), nodes=(("neg", 0),))


# --- agreement


@given(graphs(moderate, EVERY))
def test_computational_graph_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    leaves, _, nodes = example
    constant = ("leaves",)  # a tape knows nothing of detach
    agree(backend, computational_graph, leaves, constant=constant, nodes=nodes)


@pytest.mark.parametrize("way", ways("backpropagate"))
@given(graphs(moderate, EVERY))
def test_backpropagate_agrees_with_backend(backend, way, example):
    """The backend is as close to the definition as its precision promises."""
    leaves, upstream, nodes = example
    constant = ("leaves", "upstream")
    agree(
        backend,
        backpropagate,
        leaves,
        upstream,
        constant=constant,
        way=way,
        nodes=nodes,
    )


@given(graphs(moderate, EVERY, upstreams=2), st.booleans())
def test_accumulate_gradients_agrees_with_backend(backend, example, zero_grad):
    """The backend is as close to the definition as its precision promises."""
    *tensors, nodes = example
    options = {"nodes": nodes, "zero_grad": zero_grad}
    constant = ("leaves", "upstreams[0]", "upstreams[1]")
    agree(backend, accumulate_gradients, *tensors, constant=constant, **options)
