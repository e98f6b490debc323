"""The laws of reference/optimisers/adaptive.py, then its agreement with backends."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.operations import ways
from properties.optimisers.strategies import (
    BETAS,
    EPS,
    PARAMETERS,
    adagrad_steps,
    adam_steps,
    assert_at_most,
    nonzero,
    parameters,
    paths,
    rmsprop_steps,
)
from properties.strategies import ordinary, sixteenths
from reference.optimisers.adaptive import (
    adagrad,
    adam,
    adamw,
    rmsprop,
    uncorrected_adam,
)

# --- strategies

EACH = pytest.mark.parametrize(
    "optimiser", [adagrad, rmsprop, adam, adamw, uncorrected_adam]
)


def lifted(path):
    """A parameter and gradients that know their bounds."""
    return [bounded(array) for array in path]


def constant(path):
    """The first gradient at every step."""
    x, g = path
    return lifted([x, np.broadcast_to(g[0], g.shape)])


# --- identities


@given(paths(nonzero))
def test_adagrad_of_a_constant_gradient_slows_with_the_root(path):
    """x[t] = x[t−1] − lr · sign(g) / √t, with eps = 0"""
    x, g = path
    left = adagrad(*constant(path), lr=0.5, eps=0)
    roots = np.cumsum([1 / np.sqrt(t + 1) for t in range(len(g))])
    assert_equal(left, bounded(x - 0.5 * np.multiply.outer(roots, np.sign(g[0]))))


@given(paths(nonzero), st.sampled_from([0.0, 0.5, 0.75]))
def test_rmsprop_of_a_constant_gradient_starts_too_fast(path, alpha):
    """s = g² (1 − αᵗ), so step t is lr / √(1 − αᵗ) long, with eps = 0"""
    x, g = path
    left = rmsprop(*constant(path), lr=0.5, alpha=alpha, eps=0)
    grown = [1 / np.sqrt(1 - alpha ** (t + 1)) for t in range(len(g))]
    expected = x - 0.5 * np.multiply.outer(np.cumsum(grown), np.sign(g[0]))
    assert_equal(left, bounded(expected))


@given(paths(nonzero), st.sampled_from(BETAS))
def test_adam_of_a_constant_gradient_takes_steps_of_one_length(path, betas):
    """x[t] = x[t−1] − lr · sign(g), with eps = 0: what the correction is for"""
    x, g = path
    left = adam(*constant(path), lr=0.5, betas=betas, eps=0)
    count = np.arange(1, len(g) + 1)
    assert_equal(left, bounded(x - 0.5 * np.multiply.outer(count, np.sign(g[0]))))


@given(paths(nonzero))
def test_uncorrected_adam_begins_with_another_step(path):
    """x[1] = x[0] − lr · (1 − β₁) / √(1 − β₂) · sign(g), with eps = 0"""
    x, g = path
    left = uncorrected_adam(*lifted(path), lr=1.0, betas=(0.5, 0.75), eps=0)[0]
    assert_equal(left, bounded(x - 0.5 / np.sqrt(0.25) * np.sign(g[0])))


@given(paths(nonzero), st.sampled_from(BETAS))
def test_uncorrected_adam_is_adam_at_other_rates(path, betas):
    """lr in one is lr · (1 − β₁ᵗ) / √(1 − β₂ᵗ) in the other, with eps = 0"""
    count = range(1, len(path[1]) + 1)
    rates = [(1 - betas[0] ** t) / np.sqrt(1 - betas[1] ** t) for t in count]
    left = uncorrected_adam(*lifted(path), lr=1.0, betas=betas, eps=0)
    assert_equal(left, adam(*lifted(path), lr=rates, betas=betas, eps=0))


@given(paths(nonzero), st.sampled_from([0.0, 0.5, 0.75]))
def test_adam_without_a_first_moment_is_rmsprop_corrected(path, alpha):
    """adam(β₁ = 0) = rmsprop with lr · √(1 − β₂ᵗ), with eps = 0"""
    rates = [np.sqrt(1 - alpha ** (t + 1)) for t in range(len(path[1]))]
    left = adam(*lifted(path), lr=1.0, betas=(0.0, alpha), eps=0)
    assert_equal(left, rmsprop(*lifted(path), lr=rates, alpha=alpha, eps=0))


@given(paths(nonzero))
def test_adamw_decays_beside_the_step(path):
    """adamw = adam by the same gradients, on a parameter that has been shrunk"""
    x, g = path
    left = adamw(*lifted([x, g[:1]]), lr=0.5, weight_decay=0.5)
    right = adam(*lifted([x * 0.75, g[:1]]), lr=0.5)
    assert_equal(left, right)


# --- invariances


@EACH
@given(path=paths(nonzero), power=st.integers(-20, 20))
def test_adaptive_steps_are_invariant_under_scaling_of_gradients(
    optimiser, path, power
):
    """f(x, c · g) = f(x, g) for c > 0, with eps = 0 and no weight decay"""
    x, g = path
    options = {"lr": 0.5, "eps": 0}
    options |= {"weight_decay": 0} if optimiser is adamw else {}
    left = optimiser(*lifted([x, 2.0**power * g]), **options)
    assert_equal(left, optimiser(*lifted(path), **options))


@EACH
@given(path=paths(nonzero))
def test_adaptive_steps_are_equivariant_under_signs(optimiser, path):
    """f(−x, −g) = −f(x, g)"""
    x, g = lifted(path)
    assert_equal(optimiser(-x, -g, lr=0.5), -optimiser(x, g, lr=0.5))


@EACH
@given(path=paths(nonzero))
def test_adaptive_steps_treat_each_number_by_itself(optimiser, path):
    """f(x, g)[i] = f(x[i], g[i])"""
    x, g = path
    left = optimiser(x, g, lr=0.5)
    for i in range(len(x)):
        assert_equal(left[:, i], optimiser(x[i, ...], g[:, i], lr=0.5))


@pytest.mark.parametrize("optimiser", [adagrad, rmsprop, adam, adamw])
@given(path=paths(nonzero))
def test_adaptive_optimisers_climb_by_the_opposite(optimiser, path):
    """maximize f = minimize −f; the weight decay is the same"""
    x, g = path
    options = {"lr": 0.5, "weight_decay": 0.25}
    left = optimiser(x, g, maximize=True, **options)
    assert_equal(left, optimiser(x, -g, **options))


# --- bounds


@given(paths(nonzero), st.integers(0, 3))
def test_adagrad_steps_are_bounded_by_the_rate(path, decay):
    """|x[t+1] − x[t]| ≤ lr / (1 + t · lr_decay): g² is among what is summed"""
    x, g = lifted(path)
    walk = np.concatenate([x[None], adagrad(x, g, lr=0.5, lr_decay=decay)])
    for t, (here, there) in enumerate(pairwise(walk)):
        limit = bounded(np.full(len(here), 0.5 / (1 + t * decay)))
        assert_at_most(abs(there - here), limit)


@given(paths(nonzero), st.sampled_from([0.0, 0.5, 0.75]))
def test_rmsprop_steps_are_bounded_by_the_share_of_the_new_square(path, alpha):
    """|x[t+1] − x[t]| ≤ lr / √(1 − α)"""
    x, g = lifted(path)
    walk = np.concatenate([x[None], rmsprop(x, g, lr=0.5, alpha=alpha)])
    limit = bounded(np.full(x.shape, 0.5 / np.sqrt(1 - alpha)))
    for here, there in pairwise(walk):
        assert_at_most(abs(there - here), limit)


@given(paths(nonzero))
def test_adam_amsgrad_steps_are_no_longer(path):
    """|step with amsgrad| ≤ |step without|: its divisor is the greatest so far"""
    x, g = lifted(path)
    options = {"lr": 0.5, "betas": (0.5, 0.5)}
    plain = np.diff(adam(x, g, **options), axis=0, prepend=x[None])
    held = np.diff(adam(x, g, amsgrad=True, **options), axis=0, prepend=x[None])
    assert_at_most(abs(held), abs(plain))


@given(paths(nonzero))
def test_rmsprop_centered_steps_are_no_shorter(path):
    """|step by the variance| ≥ |step by the mean square|"""
    x, g = lifted(path)
    options = {"lr": 0.5, "alpha": 0.5}
    plain = np.diff(rmsprop(x, g, **options), axis=0, prepend=x[None])
    centred = np.diff(rmsprop(x, g, centered=True, **options), axis=0, prepend=x[None])
    assert_at_most(abs(plain), abs(centred))


# --- special cases


@EACH
@given(path=paths(sixteenths))
def test_adaptive_steps_of_no_gradient_stay(optimiser, path):
    """g = 0: x[t] = x[0], as 0 / eps is 0"""
    x, g = path
    options = {"weight_decay": 0} if optimiser is adamw else {}
    left = optimiser(x, 0 * g, lr=0.5, **options)
    assert_equal(left, np.broadcast_to(x, g.shape))


@given(paths(sixteenths))
def test_adamw_of_no_gradient_shrinks_by_its_weight_decay(path):
    """x[t] = x[0] · (1 − lr · weight_decay)ᵗ, which the L2 penalty of adam does not"""
    x, g = path
    left = adamw(x, 0 * g, lr=0.5, weight_decay=0.5)
    assert_equal(left, np.stack([x * 0.75 ** (t + 1) for t in range(len(g))]))


@EACH
@given(path=paths(nonzero))
def test_adaptive_optimisers_with_a_rate_for_each_step_reduce_to_one(optimiser, path):
    """lr = [η, η, …] is lr = η"""
    rates = [0.5] * len(path[1])
    assert_equal(optimiser(*path, lr=rates), optimiser(*path, lr=0.5))


@pytest.mark.parametrize("optimiser", [adagrad, rmsprop, adam])
@given(path=paths(nonzero))
def test_adaptive_optimisers_without_eps_do_not_ask_where_it_is(optimiser, path):
    """eps = 0: inside the root or beside it"""
    left = optimiser(*path, lr=0.5, eps=0, eps_inside_sqrt=True)
    assert_equal(left, optimiser(*path, lr=0.5, eps=0))


@given(paths(nonzero))
def test_adagrad_reduces_to_sign_descent_at_first(path):
    """x[1] = x[0] − lr · sign(g), with eps = 0 and nothing in the sum before"""
    x, g = path
    assert_equal(adagrad(*path, lr=0.5, eps=0)[0], x - 0.5 * np.sign(g[0]))


@pytest.mark.parametrize("optimiser", [adagrad, rmsprop, adam])
def test_adaptive_optimisers_differ_in_where_eps_is(optimiser):
    """g = 1, s = 1, eps = 3: 1 / (1 + 3) beside the root, 1 / √(1 + 3) inside"""
    options = {"lr": 1.0, "eps": 3.0}
    options |= {"alpha": 0.0} if optimiser is rmsprop else {}
    steps = [
        optimiser(np.zeros(1), np.ones((1, 1)), eps_inside_sqrt=inside, **options)
        for inside in (False, True)
    ]
    assert_equal(np.concatenate(steps), np.array([[-0.25], [-0.5]]))


def test_adam_first_step_depends_on_eps_where_gradients_are_tiny():
    """g = 10⁻⁹: a share of 0.0099 of lr with the notes' 10⁻⁷, 0.0909 with 10⁻⁸"""
    x, g = np.zeros(1), np.full((1, 1), 1e-9)
    assert 0.0099 < -adam(x, g, lr=1.0, eps=1e-7).item() < 0.01
    assert 0.0909 < -adam(x, g, lr=1.0, eps=1e-8).item() < 0.091


def test_rmsprop_mean_square_is_no_sum():
    """s = α s + (1 − α) g²: 0.0199 after two steps of 1; 0.0299 if it were added"""
    x, g = np.zeros(()), np.ones(2)
    first, second = rmsprop(x, g, lr=1.0, alpha=0.99, eps=0)
    assert 0.0198 < 1 / (first - second) ** 2 < 0.02


def test_adam_corrects_the_second_moment_by_itself():
    """g = ½, −2: steps of ∓1; with v̂ = m / (1 − β₂) for m, as notes have, of 3162"""
    g = np.array([[0.5, -2.0]])
    left = adam(*lifted([np.zeros(2), g]), lr=1.0, eps=0)
    assert_equal(left, bounded(np.array([[-1.0, 1.0]])))


def test_rmsprop_centered_stays_finite_where_gradients_are_constant():
    """s − a² is at least 0, however it rounds: of 0.7 it is less after 54 steps"""
    gradients, options = np.full((60, 1), 0.7), {"alpha": 0.5, "centered": True}
    assert np.isfinite(rmsprop(np.zeros(1), gradients, lr=1e-3, **options)).all()


def test_rmsprop_without_momentum_keeps_no_step():
    """An infinite step, 10⁻²⁰⁰ / 0, is not 0 · ∞ in the next"""
    gradients = np.array([[1e-200], [1.0]])
    with np.errstate(divide="ignore"):
        path = rmsprop(np.zeros(1), gradients, lr=1.0, eps=0)
    assert_equal(path, np.full((2, 1), -np.inf))


# --- errors


@pytest.mark.parametrize(
    ("optimiser", "option", "value"),
    [
        *[(f, "eps", -1) for f in (adagrad, rmsprop, adam, adamw, uncorrected_adam)],
        *[(f, "weight_decay", -1) for f in (adagrad, rmsprop, adam, adamw)],
        *[
            (adam, "betas", betas)
            for betas in [(1, 0.9), (0.9, 1), (1.5, 0), (-0.1, 0), (), (0,), (0,) * 3]
        ],
        *[(rmsprop, "alpha", 1), (rmsprop, "momentum", -1), (adagrad, "lr_decay", -1)],
        (adagrad, "initial_accumulator_value", -1),
        (uncorrected_adam, "betas", (0.9, 1)),
        (adam, "lr", float("nan")),
    ],
)
def test_adaptive_optimisers_reject_options(optimiser, option, value):
    with pytest.raises(ValueError, match=option):
        optimiser(np.zeros(3), np.zeros((2, 3)), **{"lr": 0.1, option: value})


@EACH
def test_adaptive_optimisers_reject_gradients_of_another_shape(optimiser):
    with pytest.raises(ValueError, match="gradients have shape"):
        optimiser(np.zeros(3), np.zeros((2, 4)), lr=0.1)


@EACH
def test_adaptive_optimisers_reject_numbers_for_gradients(optimiser):
    """Of a parameter without axes: a number is no sequence of steps"""
    with pytest.raises(ValueError, match="gradients have shape"):
        optimiser(np.zeros(()), np.zeros(()), lr=0.1)


# --- agreement


@pytest.mark.parametrize("way", ways("adagrad"))
@given(adagrad_steps())
def test_adagrad_agrees_with_backend(backend, way, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, adagrad, *tensors, constant=PARAMETERS, way=way, **options)


@pytest.mark.parametrize("way", ways("rmsprop"))
@given(rmsprop_steps())
def test_rmsprop_agrees_with_backend(backend, way, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, rmsprop, *tensors, constant=PARAMETERS, way=way, **options)


@pytest.mark.parametrize("way", ways("adam"))
@given(adam_steps())
def test_adam_agrees_with_backend(backend, way, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, adam, *tensors, constant=PARAMETERS, way=way, **options)


@pytest.mark.parametrize("way", ways("adamw"))
@given(adam_steps())
def test_adamw_agrees_with_backend(backend, way, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    for option in ("decoupled_weight_decay", "eps_inside_sqrt"):
        options.pop(option)
    agree(backend, adamw, *tensors, constant=PARAMETERS, way=way, **options)


@given(parameters(ordinary), st.sampled_from(BETAS), st.sampled_from(EPS))
def test_uncorrected_adam_agrees_with_backend(backend, example, betas, eps):
    """The backend is as close to the definition as its precision promises."""
    tensors, lr = example
    options = {"lr": lr, "betas": betas, "eps": eps}
    agree(backend, uncorrected_adam, *tensors, constant=PARAMETERS, **options)
