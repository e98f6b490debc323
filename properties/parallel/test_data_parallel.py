"""The laws of reference/parallel/data_parallel.py, then its agreement with backends."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.operations import ways
from properties.strategies import fractions, sixteenths, whole_numbers
from properties.transformer.strategies import moderate
from reference.normalisation.batch_norm import batch_norm
from reference.parallel.collectives import all_reduce, parameter_server_step
from reference.parallel.data_parallel import (
    data_parallel_gradient,
    shard_gradients,
    synchronous_sgd,
)
from reference.tensors.joining import tensor_split

# --- strategies

REDUCTIONS = st.sampled_from(["mean", "sum"])


@st.composite
def batches(draw, elements, *, empty=True):
    """A weight, a batch of examples and what they should give, and how it is split."""
    reduction = draw(REDUCTIONS)
    features, batch, workers, large = draw(
        whole_numbers((1, 4), (1, 6), (1, 4), (0, 7))
    )
    if large == 2:
        features, batch = 65, 2
    elif large == 3:
        features, batch = 1, 33
    elif large == 4 and empty and reduction == "sum":
        batch = 0
    workers = min(workers, batch) if reduction == "mean" else workers
    shapes = (features,), (batch, features), (batch,)
    tensors = [draw(elements(shape)) for shape in shapes]
    return tensors, {"workers": workers, "reduction": reduction}


@st.composite
def trainings(draw, elements):
    """A weight, batches one after the other, a learning rate, and the workers."""
    steps, features, batch, workers, large = draw(
        whole_numbers((0, 3), (1, 3), (1, 5), (1, 3), (0, 7))
    )
    if large == 2:
        steps, features, batch = 2, 33, 2
    elif large == 3:
        steps, features, batch = 2, 1, 33
    elif large == 4:
        features, batch = 1, 5
    steps = 3 - steps
    reduction = draw(REDUCTIONS)
    workers = min(workers, batch) if reduction == "mean" else workers
    shapes = (features,), (steps, batch, features), (steps, batch)
    lr = draw(st.sampled_from([0.25, 0.1, 1, 0, 0.5]))
    options = {"workers": workers, "reduction": reduction, "lr": lr}
    return [draw(elements(shape)) for shape in shapes], options


def loss(weight, input, target):
    """½ Σ (w · x − y)² of a batch"""
    total = 0
    for x, y in zip(input, target):
        error = sum(w * n for w, n in zip(weight, x)) - y
        total = total + error * error
    return np.asarray(total / 2)


# --- identities


@given(batches(fractions))
def test_data_parallel_gradient_is_that_of_one_worker(batch):
    """However many workers there are: that of the whole batch"""
    tensors, options = batch
    one = {**options, "workers": 1}
    left = data_parallel_gradient(*tensors, **options)
    assert_equal(left, data_parallel_gradient(*tensors, **one))
    assert_equal(left, shard_gradients(*tensors, **one)[0])


@given(batches(sixteenths, empty=False))
def test_data_parallel_gradient_is_the_gradient_of_the_loss(batch):
    """g = ∂/∂w ½ Σ_i (w · x[i] − y[i])²"""
    (weight, input, target), options = batch
    options["reduction"] = "sum"
    [expected] = gradient(lambda w: loss(w, input, target), [weight], np.ones(()))
    left = data_parallel_gradient(weight, input, target, **options)
    assert_equal(left, expected.astype(float))


@given(batches(fractions))
def test_shard_gradients_are_of_each_part_alone(batch):
    """g[r] = the gradient of a batch that is the part of worker r"""
    (weight, *data), options = batch
    gradients = shard_gradients(weight, *data, **options)
    parts = zip(*[tensor_split(t, sections=options["workers"], dim=0) for t in data])
    for left, part in zip(gradients, parts, strict=True):
        alone = data_parallel_gradient(weight, *part, **{**options, "workers": 1})
        assert_equal(left, alone)


@given(trainings(fractions))
def test_synchronous_sgd_is_sgd_with_a_larger_batch(training):
    """n workers with b examples each: every step is that of one worker with n · b"""
    tensors, options = training
    options |= {"lr": Fraction(1, 3)}
    left = synchronous_sgd(*tensors, **options)
    assert_equal(left, synchronous_sgd(*tensors, **{**options, "workers": 1}))


# --- algebra


@given(batches(fractions))
def test_shard_gradients_of_sums_add_up(batch):
    """Σ_r g[r], which all_reduce gives each worker, is the whole batch's"""
    tensors, options = batch
    options["reduction"] = "sum"
    total = all_reduce(shard_gradients(*tensors, **options))[-1]
    assert_equal(total, data_parallel_gradient(*tensors, **options))


@given(batches(fractions, empty=False))
def test_data_parallel_gradient_of_means_weighs_shards(batch):
    """g = Σ_r (n[r] / n) g[r]"""
    (weight, input, target), options = batch
    options |= {"reduction": "mean", "workers": min(options["workers"], len(target))}
    gradients = shard_gradients(weight, input, target, **options)
    parts = tensor_split(target, sections=options["workers"], dim=0)
    total = sum(len(part) * g for part, g in zip(parts, gradients)) / len(target)
    assert_equal(total, data_parallel_gradient(weight, input, target, **options))


@given(batches(fractions, empty=False))
def test_data_parallel_gradient_of_the_sum_is_larger_by_the_batch(batch):
    """ "sum" = n · "mean" """
    tensors, options = batch
    options["workers"] = 1
    mean, total = (
        data_parallel_gradient(*tensors, **{**options, "reduction": reduction})
        for reduction in ("mean", "sum")
    )
    assert_equal(total, len(tensors[2]) * mean)


@given(trainings(fractions))
def test_synchronous_sgd_continues_where_it_was_cut(training):
    """The steps after t are those from w[t]"""
    (weight, input, target), options = training
    options |= {"lr": Fraction(1, 3)}
    path = synchronous_sgd(weight, input, target, **options)
    at = len(path) // 2
    weight = path[at - 1] if at else weight
    left = synchronous_sgd(weight, input[at:], target[at:], **options)
    assert_equal(left, path[at:])


@given(trainings(fractions))
def test_synchronous_sgd_steps_as_a_parameter_server(training):
    """w[t + 1] = w[t] − lr · Σ_r g[r]: the server adds up, and sends out"""
    (weight, input, target), options = training
    options |= {"reduction": "sum", "lr": Fraction(1, 3)}
    split = {"workers": options["workers"], "reduction": "sum"}
    path = synchronous_sgd(weight, input, target, **options)
    for after, x, y in zip(path, input, target, strict=True):
        gradients = shard_gradients(weight, x, y, **split)
        weight = parameter_server_step(weight, gradients, lr=options["lr"])[-1]
        assert_equal(after, weight)


# --- invariances


@given(batches(fractions))
def test_data_parallel_gradient_is_invariant_under_permutations_of_examples(batch):
    """Which worker has which example does not matter"""
    (weight, input, target), options = batch
    left = data_parallel_gradient(weight, input[::-1], target[::-1], **options)
    assert_equal(left, data_parallel_gradient(weight, input, target, **options))


@given(batches(fractions, empty=False))
def test_data_parallel_gradient_of_a_batch_twice_is_its_mean(batch):
    """Doubled by copies of itself: the same mean, and twice the sum"""
    (weight, *data), options = batch
    twice = [np.concatenate([t, t]) for t in data]
    left = data_parallel_gradient(weight, *twice, **options)
    times = 1 if options["reduction"] == "mean" else 2
    right = data_parallel_gradient(weight, *data, **options)
    assert_equal(left, times * right)


@given(trainings(fractions))
def test_synchronous_sgd_of_sums_divides_the_learning_rate(training):
    """Mean and lr: as one worker with the sum, and lr / n, n the examples of all"""
    (weight, input, target), options = training
    lr, workers = 3, min(options["workers"], target.shape[1])
    mean = {"reduction": "mean", "workers": workers, "lr": lr * target.shape[1]}
    left = synchronous_sgd(weight, input, target, **mean)
    total = {"reduction": "sum", "workers": 1, "lr": lr}
    assert_equal(left, synchronous_sgd(weight, input, target, **total))


# --- special cases


@given(trainings(sixteenths))
def test_synchronous_sgd_stays_where_it_fits(training):
    """y = w · x: no error, no step; and none with lr = 0"""
    (weight, input, target), options = training
    path = synchronous_sgd(weight, input, input @ weight, **options)
    assert_equal(path, np.broadcast_to(weight, path.shape))
    still = synchronous_sgd(weight, input, target, **{**options, "lr": 0})
    assert_equal(still, path)


def test_data_parallel_gradient_is_not_the_sum_of_means():
    """The notes: each GPU's gradients are added up. Of means: 4 times too large"""
    tensors = np.zeros(1), np.ones((8, 1)), -np.arange(8.0)
    means = shard_gradients(*tensors, workers=4)
    assert_equal(means.ravel(), np.array([0.5, 2.5, 4.5, 6.5]))
    expected = data_parallel_gradient(*tensors, workers=4)
    assert_equal(expected, np.array([3.5]))
    assert_equal(means.sum(0), 4 * expected)


def test_data_parallel_gradient_is_the_mean_of_means_of_equal_parts_only():
    """Gradients 0, 3 | 6: the mean of 1.5 and 6 is not that of all three"""
    tensors = np.zeros(1), np.ones((3, 1)), -np.array([0.0, 3, 6])
    means = shard_gradients(*tensors, workers=2)
    assert_equal(means.mean(0), np.array([3.75]))
    assert_equal(data_parallel_gradient(*tensors, workers=2), np.array([3.0]))


def test_synchronous_sgd_is_not_a_larger_batch_with_batch_norm():
    """The notes: n GPUs of b examples are one of n · b. Not by their own statistics:

    0, 2 and 6, 8 are −1, 1, −1, 1 in two parts, and −4, −2, 2, 4 over √10 in one.
    """

    def normalized(x):
        return batch_norm(x, x.mean(0), x.var(0), eps=0.0)

    x = np.array([[0.0], [2], [6], [8]])
    left = np.concatenate(
        [normalized(part) for part in tensor_split(x, sections=2, dim=0)]
    )
    assert_equal(left.ravel(), np.array([-1.0, 1, -1, 1]))
    whole = normalized(x).ravel()
    assert_equal(np.sign(whole), np.array([-1.0, -1, 1, 1]))


# --- errors


@pytest.mark.parametrize(
    ("shapes", "options", "problem"),
    [
        ([(2,), (3, 2), (2,)], {"workers": 1}, "input has shape"),
        ([(3,), (3, 2), (3,)], {"workers": 1}, "input has shape"),
        ([(2,), (1, 3, 2), (1, 3)], {"workers": 1}, "input has shape"),
        ([(2,), (2,), ()], {"workers": 1}, "input has shape"),
        ([(), (3,), (3,)], {"workers": 1}, "input has shape"),
        ([(2,), (3, 2), (3,)], {"workers": 0}, "workers is 0"),
        ([(2,), (3, 2), (3,)], {"workers": 4}, "workers is 4"),
        ([(2,), (3, 2), (3,)], {"workers": 1, "reduction": "none"}, "reduction is"),
    ],
)
def test_shard_gradients_rejects(shapes, options, problem):
    tensors = [np.ones(shape) for shape in shapes]
    with pytest.raises(ValueError, match=problem):
        shard_gradients(*tensors, **options)
    with pytest.raises(ValueError, match=problem):
        data_parallel_gradient(*tensors, **options)


@pytest.mark.parametrize(
    "shapes",
    [[(1, 3, 2), (2, 3)], [(3, 2), (3,)], [(0, 2), (0,)], [(0, 1, 3, 2), (0, 1, 3)]],
)
def test_synchronous_sgd_rejects_shapes(shapes):
    with pytest.raises(ValueError, match="input has shape"):
        synchronous_sgd(np.ones(2), *map(np.ones, shapes), workers=1, lr=1)


# --- agreement


@given(batches(moderate))
def test_shard_gradients_agrees_with_backend(backend, batch):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = batch
    agree(backend, shard_gradients, *tensors, **options)


@pytest.mark.parametrize("way", ways("data_parallel_gradient"))
@given(batches(moderate))
def test_data_parallel_gradient_agrees_with_backend(backend, way, batch):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = batch
    agree(backend, data_parallel_gradient, *tensors, way=way, **options)


@given(trainings(moderate))
def test_synchronous_sgd_agrees_with_backend(backend, training):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = training
    agree(backend, synchronous_sgd, *tensors, **options)
