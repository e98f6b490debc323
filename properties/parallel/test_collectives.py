"""The laws of reference/parallel/collectives.py, then its agreement with backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.operations import ways
from properties.strategies import (
    fractions,
    full_width,
    ordinary,
    sixteenths,
    whole_numbers,
    with_non_finite,
)
from reference.optimisers.averages import minibatch_gradient
from reference.parallel.collectives import (
    all_gather,
    all_reduce,
    broadcast_from,
    parameter_server_step,
    reduce_scatter,
    reduce_to,
    ring_all_reduce,
    scatter_from,
)

# --- strategies

NUMBERS = st.sampled_from([33, 3, 1, 5, 0, 65, 4])


@st.composite
def rows(draw, elements):
    """A row of numbers of each of one to four workers."""
    workers = draw(st.sampled_from([3, 1, 2, 4]))
    return draw(elements((workers, draw(NUMBERS))))


@st.composite
def tensors_of_workers(draw, elements):
    """An array of each of some workers, of up to two axes; sometimes of 33 workers."""
    workers, axes, n = draw(whole_numbers((0, 4), (0, 2), (0, 2)))
    shape = [(), (draw(NUMBERS),), (n, 3)][axes]
    workers = [2, 3, 1, 4, 33 if axes == 0 else 2][workers]
    return draw(elements((workers, *shape)))


@st.composite
def server_steps(draw, elements):
    """A weight and a gradient of it from each worker."""
    gradients = draw(tensors_of_workers(elements))
    return np.asarray(draw(elements(gradients.shape[1:]))), gradients


# --- identities


@given(rows(sixteenths))
def test_ring_all_reduce_is_all_reduce(x):
    """all_gather(reduce_scatter(x)) = all_reduce(x)"""
    assert_equal(ring_all_reduce(x), all_reduce(x))


@given(rows(sixteenths))
def test_reduce_scatter_gives_each_worker_its_part_of_the_sum(x):
    """[y[0], y[1], …] = Σ_r x[r], then zeros"""
    total = np.zeros(reduce_scatter(x).size)
    total[: x.shape[1]] = x.sum(0)
    assert_equal(reduce_scatter(x).ravel(), total)


@given(tensors_of_workers(sixteenths))
def test_all_gather_gives_each_worker_everything(x):
    """y[r] = x for every worker r"""
    y = all_gather(x)
    for gathered in y:
        assert_equal(gathered, x)
    assert len(y) == len(x)


@given(tensors_of_workers(fractions))
def test_all_reduce_gives_each_worker_the_sum(x):
    """y[r] = Σ_q x[q] for every worker r"""
    y = all_reduce(x)
    for reduced in y:
        assert_equal(reduced, np.asarray(sum(x[1:], x[0]), object))
    assert len(y) == len(x)


@given(tensors_of_workers(fractions))
def test_reduce_to_then_broadcast_is_all_reduce(x):
    """all_reduce(x) = broadcast(reduce(x)), by whichever worker"""
    for root in range(len(x)):
        total = reduce_to(x, root=root)
        sent = broadcast_from(np.stack([total] * len(x)), root=root)
        assert_equal(sent, all_reduce(x))


@given(rows(sixteenths))
def test_scatter_from_undoes_all_gather(x):
    """Any worker's gathered rows, scattered: to each its own"""
    for root, gathered in enumerate(all_gather(x)):
        assert_equal(scatter_from(gathered, root=root), x)


# --- algebra


@given(tensors_of_workers(fractions))
def test_all_reduce_of_all_reduce_counts_workers(x):
    """all_reduce(all_reduce(x)) = workers · all_reduce(x)"""
    assert_equal(all_reduce(all_reduce(x)), len(x) * all_reduce(x))


@given(rows(sixteenths), st.integers(-8, 8))
def test_ring_all_reduce_is_linear(x, a):
    """ring(a · x + y) = a · ring(x) + ring(y)"""
    y = x[::-1] / 2
    left = ring_all_reduce(a * x + y)
    assert_equal(left, a * ring_all_reduce(x) + ring_all_reduce(y))


@given(server_steps(fractions))
def test_parameter_server_step_may_add_up_on_each_machine_first(step):
    """Gradients are added on each machine, its GPUs', and then by the server"""
    weight, gradients = step
    machines = np.array_split(gradients, 2)
    totals = np.stack([part.sum(0) for part in machines if len(part)])
    left = parameter_server_step(weight, totals, lr=2)[0]
    assert_equal(left, parameter_server_step(weight, gradients, lr=2)[0])


@given(server_steps(fractions))
def test_parameter_server_step_is_additive_in_gradients(step):
    """Two steps by g and h from w are one by g + h"""
    weight, gradients = step
    others = gradients[::-1] / 3
    between = np.asarray(parameter_server_step(weight, gradients, lr=3)[0])
    left = parameter_server_step(between, others, lr=3)
    assert_equal(left, parameter_server_step(weight, gradients + others, lr=3))


# --- invariances


@given(tensors_of_workers(fractions))
def test_all_reduce_is_invariant_under_permutations_of_workers(x):
    """all_reduce(P x) = all_reduce(x): which worker has what does not matter"""
    assert_equal(all_reduce(np.roll(x, 1, axis=0)), all_reduce(x))


@given(rows(ordinary))
def test_ring_all_reduce_gives_all_workers_the_same_bits(x):
    """y[r] = y[0] even where sums round: each part is added up once, then copied"""
    y = ring_all_reduce(x)
    assert_equal(y, np.repeat(y[:1], len(y), axis=0))


@given(rows(ordinary))
def test_ring_all_reduce_is_as_good_in_any_order(x):
    """Within both bounds ring(P x) = ring(x) = all_reduce(x), where sums round"""
    x = bounded(x)
    assert_equal(ring_all_reduce(x[::-1].copy()), ring_all_reduce(x))
    assert_equal(ring_all_reduce(x), all_reduce(x))


def test_ring_all_reduce_rounds_otherwise_than_all_reduce():
    """1, 2⁶⁰ and −2⁶⁰: each part is added up from another worker on, to 0 or to 1"""
    x = np.array([1.0, 2.0**60, -(2.0**60)])
    parts = ring_all_reduce(np.stack([x, x, x], axis=1))[0]
    assert_equal(parts, np.array([1.0, 0.0, 0.0]))
    assert_equal(all_reduce(x), np.zeros(3))


# --- special cases


@given(st.sampled_from([(1, 3), (1, 1), (1, 0)]).flatmap(sixteenths))
def test_all_reduce_of_one_worker_is_the_identity(x):
    """So are the ring and, but for an axis, gathering"""
    assert_equal(all_reduce(x), x)
    assert_equal(ring_all_reduce(x), x)
    assert_equal(reduce_scatter(x), x)
    assert_equal(all_gather(x)[0], x)


def test_reduce_scatter_pads_the_last_part():
    """5 numbers, 3 workers: parts of 2, 2 and 1"""
    x = np.arange(15.0).reshape(3, 5)
    expected = np.array([[15.0, 18.0], [21.0, 24.0], [27.0, 0.0]])
    assert_equal(reduce_scatter(x), expected)


@given(server_steps(sixteenths))
def test_parameter_server_step_of_one_worker_is_gradient_descent(step):
    """w − lr · g, and w itself where lr or the gradients are 0"""
    weight, gradients = step
    left = parameter_server_step(weight, gradients[:1], lr=0.5)[0]
    assert_equal(left, np.asarray(weight - 0.5 * gradients[0]))
    still = parameter_server_step(weight, gradients, lr=0)
    assert_equal(still, np.broadcast_to(weight, gradients.shape))


@given(sixteenths((4, 3)))
def test_parameter_server_step_over_a_count_is_that_of_the_mean(gradients):
    """w − lr / 4 · Σ_r g[r] = w − lr · mean: four workers' equal shares of a batch"""
    weight = gradients[0] / 2
    mean = minibatch_gradient(gradients, np.arange(4))
    left = parameter_server_step(weight, gradients, lr=0.125)
    assert_equal(left[0], weight - 0.5 * mean)


# --- gradients


@given(rows(sixteenths))
def test_all_gather_is_adjoint_to_reduce_scatter(x):
    """The gradient of gathering is the sum over workers, each its part"""
    parts = np.zeros(reduce_scatter(x).shape)
    padded = np.zeros((len(x), parts.size))
    padded[:, : x.shape[1]] = x
    [left] = gradient(all_gather, [parts], padded.reshape(len(x), *parts.shape))
    assert_equal(left.astype(float), reduce_scatter(x))


@given(rows(sixteenths))
def test_broadcast_from_is_adjoint_to_reduce_to(cotangent):
    """The gradient of the root's row is the sum over workers, that of others 0"""
    root = len(cotangent) - 1
    [left] = gradient(
        lambda x: broadcast_from(x, root=root), [0 * cotangent], cotangent
    )
    expected = 0 * cotangent
    expected[root] = reduce_to(cotangent, root=root)
    assert_equal(left.astype(float), expected)


@given(rows(sixteenths), st.sampled_from([all_reduce, ring_all_reduce]))
def test_all_reduce_is_adjoint_to_itself(cotangent, reduce):
    """The gradient Σ_r c[r] reaches each worker: all_reduce(c), not c"""
    [left] = gradient(reduce, [0 * cotangent], cotangent)
    assert_equal(left.astype(float), all_reduce(cotangent))


# --- errors


@pytest.mark.parametrize("collective", [all_reduce, all_gather, ring_all_reduce])
def test_all_reduce_rejects_no_workers(collective):
    for x in (np.ones(()), np.ones((0, 2))):
        with pytest.raises(ValueError, match="input has shape"):
            collective(x)


@pytest.mark.parametrize("collective", [broadcast_from, reduce_to, scatter_from])
def test_broadcast_from_rejects_workers_that_are_not_there(collective):
    with pytest.raises(ValueError, match="root is 2"):
        collective(np.ones((2, 3)), root=2)
    with pytest.raises(ValueError, match="input has shape"):
        collective(np.ones((0, 3)), root=0)


def test_reduce_scatter_rejects_other_than_rows():
    with pytest.raises(ValueError, match=r"\(workers, numbers\)"):
        reduce_scatter(np.ones((2, 2, 2)))


@pytest.mark.parametrize("shape", [(2, 4), (3,), (0, 3)])
def test_parameter_server_step_rejects_gradients_of_other_shapes(shape):
    with pytest.raises(ValueError, match="gradients have shape"):
        parameter_server_step(np.ones(3), np.ones(shape), lr=1)


# --- agreement


@given(tensors_of_workers(full_width))
def test_all_reduce_agrees_with_backend(backend, x):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, all_reduce, x)


@given(tensors_of_workers(with_non_finite))
def test_all_reduce_of_non_finite_numbers_agrees_with_backend(backend, x):
    """NaN of one worker is NaN of all, and so is the sum of ∞ and −∞."""
    agree(backend, all_reduce, x)


@given(tensors_of_workers(full_width))
def test_all_gather_agrees_with_backend(backend, x):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, all_gather, x)


@given(rows(full_width))
def test_reduce_scatter_agrees_with_backend(backend, x):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, reduce_scatter, x)


@given(rows(full_width))
def test_ring_all_reduce_agrees_with_backend(backend, x):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, ring_all_reduce, x)


@given(tensors_of_workers(full_width), st.integers(0, 3))
def test_broadcast_from_agrees_with_backend(backend, x, root):
    """The backend gives each worker the root's row."""
    agree(backend, broadcast_from, x, root=root % len(x))


@given(tensors_of_workers(full_width), st.integers(0, 3))
def test_reduce_to_agrees_with_backend(backend, x, root):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, reduce_to, x, root=root % len(x))


@given(tensors_of_workers(full_width), st.integers(0, 3))
def test_scatter_from_agrees_with_backend(backend, x, root):
    """The backend gives each worker its part."""
    agree(backend, scatter_from, x, root=root % len(x))


@given(server_steps(full_width), st.sampled_from([0.5, 0.1, 2, 0, 1e-3]))
def test_parameter_server_step_agrees_with_backend(backend, step, lr):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, parameter_server_step, *step, lr=lr)


def by_gloo(*collectives):
    """Each collective, and each way by which torch.distributed has it."""
    pairs = [
        (collective, way)
        for collective in collectives
        for way in ways(collective.__name__)[1:]
    ]
    return pytest.mark.parametrize(
        ("collective", "way"), [pytest.param(*pair, id=pair[1]) for pair in pairs]
    )


@by_gloo(all_reduce, all_gather, reduce_scatter)
@given(rows(ordinary))
def test_all_reduce_by_gloo_is_as_defined(backend, collective, way, x):
    """What torch.distributed communicates is what the definition says."""
    agree(backend, collective, x, way=way, constant=("input",))


@by_gloo(broadcast_from, reduce_to, scatter_from)
@given(rows(ordinary), st.integers(0, 3))
def test_broadcast_from_by_gloo_is_as_defined(backend, collective, way, x, root):
    """What torch.distributed communicates is what the definition says."""
    options = {"root": root % len(x), "constant": ("input",)}
    agree(backend, collective, x, way=way, **options)
