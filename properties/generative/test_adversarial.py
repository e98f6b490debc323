"""The laws of reference/generative/adversarial.py, then its agreement with backends."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.strategies import interior, per_axis, positive, whole_numbers, wide
from reference.activations.logistic import sigmoid
from reference.generative.adversarial import (
    discriminator_loss,
    gan_value,
    generator_loss,
    js_divergence,
    optimal_discriminator,
)

# --- strategies


@st.composite
def logits(draw, count=1):
    """Lists of logits, some of them longer than a vector."""
    lengths = draw(whole_numbers(*[(0, 7)] * count))
    sizes = [(3, 1, 2, 33, 4, 65, 5, 1)[k] for k in lengths]
    return [draw(wide((n,))) for n in sizes]


@st.composite
def densities(draw, *kinds):
    """Tensors of one shape, one of each kind, and an axis."""
    axes = draw(st.integers(1, 3))
    shape = draw(per_axis(axes, 1, 3))
    if draw(st.integers(0, 7)) == 7:
        shape = (*shape[:-1], 33)
    return [draw(kind(shape)) for kind in kinds], draw(st.integers(-axes, axes - 1))


@st.composite
def distributions(draw):
    """Two distributions over the same values, of positive numbers."""
    p, q = (draw(positive((3,))) for _ in range(2))
    return p / p.sum(), q / q.sum()


def optimum(p, q):
    return optimal_discriminator(bounded(p), bounded(q))


# --- identities


@given(logits(2))
def test_discriminator_loss_is_the_cross_entropy_of_real_and_fake(example):
    """L = −mean log σ(r) − mean log(1 − σ(f)), and 1 − σ(f) = σ(−f)"""
    real, fake = (np.clip(x, -8, 8) for x in example)
    left = discriminator_loss(bounded(real), bounded(fake))
    terms = [-np.log(sigmoid(bounded(x))) for x in (real, -fake)]
    right = sum(sum(term) / len(term) for term in terms)
    assert_equal(left, np.array(right))


@given(distributions())
def test_gan_value_at_the_optimum_is_the_js_divergence(pair):
    """V(D*) = 2 · JS(p, q) − log 4"""
    p, q = pair
    left = gan_value(bounded(p), bounded(q), optimum(p, q), dim=0)[()]
    divergence = js_divergence(bounded(p), bounded(q), dim=0)[()]
    sums = bounded(p).sum() + bounded(q).sum()
    assert_equal(np.array(left), np.array(2 * divergence - math.log(2) * sums))


@given(logits(1))
def test_generator_loss_saturating_is_the_discriminators_other_side(example):
    """saturating L = mean log(1 − σ(f)), which the discriminator maximizes"""
    (fake,) = map(bounded, example)
    real = bounded(np.zeros(1))
    left = -generator_loss(fake, saturating=True)[()]
    right = discriminator_loss(real, fake)[()] - generator_loss(real)[()]
    assert_equal(np.array(left), np.array(right))


# --- bounds


@given(distributions(), interior((3,)))
def test_gan_value_is_greatest_at_the_optimum(pair, discriminator):
    """V(D) ≤ V(p / (p + q)): its slope there is 0, p / D − q / (1 − D)"""
    p, q = pair
    best = gan_value(bounded(p), bounded(q), optimum(p, q), dim=0)[()]
    other = gan_value(*map(bounded, (p, q, discriminator)), dim=0)[()]
    assert other.value - other.error <= best.value + best.error


@given(distributions())
def test_js_divergence_is_symmetric_and_within_log_two(pair):
    """JS(p, q) = JS(q, p), 0 ≤ JS ≤ log 2"""
    p, q = map(bounded, pair)
    left = js_divergence(p, q, dim=0)
    assert_equal(left, js_divergence(q, p, dim=0))
    assert -left[()].error <= left[()].value <= math.log(2) + left[()].error


@given(distributions())
def test_optimal_discriminator_is_undecided_where_both_are_alike(pair):
    """D* = 1/2 where p = q, and D*(p, q) + D*(q, p) = 1"""
    p, q = pair
    assert_equal(optimal_discriminator(p, p), np.full(p.shape, 0.5))
    assert_equal(optimum(p, q) + optimum(q, p), np.ones(p.shape))


# --- special cases


def test_js_divergence_of_what_has_nothing_in_common_is_log_two():
    """p = (1, 0), q = (0, 1): log 2, where the KL divergence is ∞"""
    p, q = bounded(np.array([1.0, 0.0])), bounded(np.array([0.0, 1.0]))
    assert_equal(js_divergence(p, q, dim=0), bounded(np.array(math.log(2))))


@given(distributions())
def test_js_divergence_of_a_distribution_to_itself_is_zero(pair):
    """JS(p, p) = 0"""
    assert_equal(js_divergence(pair[0], pair[0], dim=0), np.array(0.0))


def test_gan_value_of_equals_is_minus_log_four():
    """p = q, D = 1/2: the game is over"""
    half = np.full(2, 0.5)
    left = gan_value(*[bounded(half)] * 3, dim=0)
    assert_equal(left, bounded(np.array(-math.log(4))))


# --- gradients


@given(logits(1), st.booleans())
def test_generator_loss_has_the_gradient_of_either_form(example, saturating):
    """∂L/∂f = −σ(−f) / n; saturating −σ(f) / n. Both are below 0: one fixed point"""
    (fake,) = map(bounded, example)
    (left,) = gradient(
        lambda f: generator_loss(f, saturating=saturating),
        [fake],
        bounded(np.array(1.0)),
    )
    right = sigmoid(fake if saturating else -fake)
    assert_equal(left, -right / len(fake))


def test_generator_loss_saturates_where_the_discriminator_is_sure():
    """f = −8: a gradient of −0.0003 saturating, and of −0.9997 otherwise"""
    fake, one = bounded(np.array([-8.0])), bounded(np.array(1.0))
    for saturating in (True, False):
        (g,) = gradient(
            lambda f, s=saturating: generator_loss(f, saturating=s), [fake], one
        )
        expected = sigmoid(fake if saturating else -fake)
        assert_equal(g, -expected)
        assert (g[0].value > -0.001) == saturating


# --- errors


@pytest.mark.parametrize("shape", [(0,), (), (2, 2)])
def test_generator_loss_and_discriminator_loss_reject_other_shapes(shape):
    with pytest.raises(ValueError, match="fake has shape"):
        generator_loss(np.zeros(shape))
    with pytest.raises(ValueError, match="real has shape"):
        discriminator_loss(np.zeros(shape), np.zeros(1))


@pytest.mark.parametrize("function", [js_divergence, gan_value])
def test_js_divergence_and_gan_value_reject_other_shapes(function):
    tensors = [np.ones(2), np.ones(3), np.ones(2)][: 2 + (function is gan_value)]
    with pytest.raises(ValueError, match="p and q have shapes"):
        function(*tensors, dim=0)


# --- agreement


@given(logits(2))
def test_discriminator_loss_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, discriminator_loss, *example)


@given(logits(1), st.booleans())
def test_generator_loss_agrees_with_backend(backend, example, saturating):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, generator_loss, *example, saturating=saturating)


@given(densities(positive, positive))
def test_optimal_discriminator_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, optimal_discriminator, *example[0])


@given(densities(positive, positive, interior))
def test_gan_value_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, dim = example
    agree(backend, gan_value, *tensors, dim=dim)


@given(densities(positive, positive))
def test_js_divergence_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, dim = example
    agree(backend, js_divergence, *tensors, dim=dim)
