"""The laws of reference/generative/densities.py, then its agreement with backends."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.strategies import codes, fractions, positive, whole_numbers, wide
from reference.generative.densities import bayes_rule, evidence, image_log_likelihood
from reference.generative.masked_convolution import masked_conv2d

# --- strategies


@st.composite
def images(draw, elements, *, is_large=False):
    """Logits of each pixel's levels, and an image."""
    batch, levels, height, width, axes = draw(
        whole_numbers((1, 3), (1, 5), (0, 3), (1, 3), (1, 2))
    )
    size = (height, width)[-axes:]
    if is_large:
        levels, size = draw(st.sampled_from([(256, (1,)), (3, (33,)), (65, (2,))]))
        batch = 1
    logits = draw(elements((batch, levels, *size)))
    image = draw(codes((batch, *size))).astype(np.int64)
    return logits, image % levels


@st.composite
def models(draw, elements):
    """How probable classes are, and the values of each."""
    classes, values = draw(whole_numbers((1, 4), (1, 4)))
    return draw(elements((classes,))), draw(elements((classes, values)))


@st.composite
def probabilities(draw):
    """A prior and likelihoods that sum to 1, of Fractions."""
    tensors = draw(models(fractions))
    return [(abs(t) + 1) / (abs(t) + 1).sum(-1, keepdims=True) for t in tensors]


def transposed_model(prior, likelihood):
    """The same joint distribution, with values and classes in each other's place."""
    return evidence(prior, likelihood), bayes_rule(prior, likelihood).T


# --- identities


@given(st.data())
def test_image_log_likelihood_is_one_over_all_images(data):
    """Σ_x p(x) = 1, where each pixel's logits are made of the pixels before it"""
    weight = data.draw(fractions((2, 1, 3, 3)), "weight").astype(float)
    bias = data.draw(fractions((2,)), "bias").astype(float)
    every = np.array([*itertools.product([0, 1], repeat=4)]).reshape(-1, 2, 2)
    x = every[:, None].astype(float)
    logits = masked_conv2d(bounded(x), bounded(weight), bounded(bias), mask_type="A")
    log_likelihood = image_log_likelihood(logits, every)
    assert_equal(np.array(sum(np.exp(log_likelihood))), np.array(1.0))


@given(images(wide))
def test_image_log_likelihood_is_additive_over_pixels(example):
    """log p(x) = Σ_i log p(x[i]), which of two images is likelier, too"""
    logits, image = example
    logits = bounded(logits)
    left = image_log_likelihood(logits, image)
    pixels = [*np.ndindex(image.shape[1:])]
    parts = [image_log_likelihood(logits[:, :, *i], image[:, *i]) for i in pixels]
    assert_equal(left, sum(parts, bounded(np.zeros(len(image)))))


@given(probabilities())
def test_bayes_rule_keeps_the_joint_distribution(model):
    """p(y | x) · p(x) = p(x | y) · p(y)"""
    prior, likelihood = model
    left = bayes_rule(prior, likelihood) * evidence(prior, likelihood)
    assert_equal(left, likelihood * prior[:, None])


@given(models(fractions), st.integers(-4, 4))
def test_evidence_is_additive_and_homogeneous_in_the_prior(model, a):
    """p(x) is linear in p(y): a mixture of what the classes have"""
    prior, likelihood = model
    other = prior[::-1] + 1
    left = evidence(a * prior + other, likelihood)
    right = a * evidence(prior, likelihood) + evidence(other, likelihood)
    assert_equal(left, right)


@given(probabilities())
def test_bayes_rule_is_an_involution_of_models(model):
    """From p(y), p(x | y) to p(x), p(y | x), and back"""
    prior, likelihood = transposed_model(*transposed_model(*model))
    assert_equal(prior, model[0])
    assert_equal(likelihood, model[1])


# --- invariances


@given(images(wide), st.integers(-8, 8))
def test_image_log_likelihood_is_invariant_under_a_shift_of_logits(example, by):
    """Logits are known but for one number for each pixel"""
    logits, image = example
    left = image_log_likelihood(bounded(logits) + by, image)
    assert_equal(left, image_log_likelihood(bounded(logits), image))


@given(probabilities(), st.integers(1, 9))
def test_bayes_rule_is_invariant_under_scaling_of_the_prior(model, factor):
    """The posterior needs the prior but for a factor"""
    prior, likelihood = model
    left = bayes_rule(factor * prior, likelihood)
    assert_equal(left, bayes_rule(prior, likelihood))


# --- special cases


@given(probabilities())
def test_bayes_rule_sums_to_one_over_classes_and_the_model_over_values(model):
    """Σ_y p(y | x) = 1 for each x, Σ_x p(x | y) = 1 for each y: the two differ"""
    prior, likelihood = model
    posterior = bayes_rule(prior, likelihood)
    assert (posterior.sum(0) == 1).all()
    assert (likelihood.sum(1) == 1).all()
    assert evidence(prior, likelihood).sum() == 1


def test_bayes_rule_is_no_likelihood():
    """p(y | x) need not sum to 1 over x: a discriminative model says nothing of x"""
    posterior = bayes_rule(np.array([0.5, 0.5]), np.array([[0.5, 0.5], [0.25, 0.75]]))
    assert_equal(posterior.sum(0), np.ones(2))
    assert (posterior.sum(1) != 1).all()


def test_image_log_likelihood_of_uniform_levels_counts_pixels():
    """256 levels: −log 256 for each pixel"""
    left = image_log_likelihood(bounded(np.zeros((1, 256, 3))), np.array([[0, 7, 255]]))
    assert_equal(left, bounded(np.array([-3 * np.log(256)])))


def test_image_log_likelihood_is_greatest_where_the_likelihood_is():
    """argmax Π p = argmax Σ log p"""
    logits = np.log(np.array([[[0.5, 0.75], [0.5, 0.25]]]))
    images = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    likelihood = [0.5 * 0.75, 0.5 * 0.25, 0.5 * 0.75, 0.5 * 0.25]
    logs = [image_log_likelihood(logits, image[None]).item() for image in images]
    assert np.argmax(logs) == np.argmax(likelihood)
    assert_equal(np.argsort(logs, stable=True) % 2, np.array([1, 1, 0, 0]))


# --- errors


@pytest.mark.parametrize("shape", [(2, 3), (2, 3, 4), (1, 3, 5)])
def test_image_log_likelihood_rejects_shapes_that_do_not_fit(shape):
    with pytest.raises(ValueError, match="logits and image have shapes"):
        image_log_likelihood(np.zeros(shape), np.zeros((2, 5), int))


def test_image_log_likelihood_rejects_logits_without_levels():
    with pytest.raises(ValueError, match="logits and image have shapes"):
        image_log_likelihood(np.zeros(2), np.zeros(2, int))


@pytest.mark.parametrize("level", [-1, 3])
def test_image_log_likelihood_rejects_a_pixel_that_is_no_level(level):
    with pytest.raises(ValueError, match=r"a pixel is not in \[0, 3\)"):
        image_log_likelihood(np.zeros((1, 3, 1)), np.array([[level]]))


@pytest.mark.parametrize("function", [bayes_rule, evidence])
def test_bayes_rule_rejects_another_number_of_classes(function):
    with pytest.raises(ValueError, match="prior has shape"):
        function(np.ones(2), np.ones((3, 2)))


# --- agreement


@given(images(wide))
def test_image_log_likelihood_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, image_log_likelihood, *example)


@given(images(wide, is_large=True))
def test_image_log_likelihood_of_many_agrees_with_backend(backend, example):
    """256 levels, and rows longer than a vector."""
    agree(backend, image_log_likelihood, *example)


@given(models(positive))
def test_evidence_agrees_with_backend(backend, model):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, evidence, *model)


@given(models(positive))
def test_bayes_rule_agrees_with_backend(backend, model):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, bayes_rule, *model)
