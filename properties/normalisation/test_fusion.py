"""The laws of reference/fusion.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.normalisation.strategies import EPS, affine_maps, scales
from properties.operations import ways
from properties.strategies import ordinary, per_axis, sixteenths
from reference.classification.softmax_regression import linear
from reference.convolution.convolution import convolution
from reference.convolution.transposed_convolution import transposed_convolution
from reference.normalisation.batch_norm import batch_norm
from reference.normalisation.fusion import fuse_conv_bn_weights

# --- strategies


@st.composite
def layers(draw, elements, *, axes=None):
    """A weight and a bias, running moments, an affine map; and options."""
    if axes is None:
        axes = draw(st.sampled_from([0, 1, 2, 0, 3]))
    weight = draw(elements((*draw(per_axis(2 + axes, 1, 3)),)))
    transpose = draw(st.booleans()) and axes > 0
    outputs = (weight.shape[int(transpose)],)
    bias = draw(elements(outputs)) if draw(st.booleans()) else None
    running = draw(elements(outputs)), draw(scales(*outputs))
    bn = draw(affine_maps(*outputs, elements))
    options = {"eps": draw(EPS), "transpose": transpose}
    return (weight, bias, *running, *bn), options


def apply(x, weight, bias, options):
    """What the layer gives: a convolution, transposed or not."""
    if options["transpose"]:
        return transposed_convolution(x[:, : len(weight)], weight, bias)
    return convolution(x[:, : weight.shape[1]], weight, bias)


# --- identities


@given(layers(sixteenths, axes=1), sixteenths((2, 3, 4)))
def test_fuse_conv_bn_weights_gives_what_normalization_does(example, x):
    """conv(x, w', b') = batch_norm(conv(x, w, b)), transposed or not"""
    tensors, options = example
    weight, bias, *norm = [None if t is None else bounded(t) for t in tensors]
    fused = fuse_conv_bn_weights(weight, bias, *norm, **options)
    left = apply(bounded(x), *fused, options)
    right = apply(bounded(x), weight, bias, options)
    assert_equal(left, batch_norm(right, *norm, eps=options["eps"]))


@given(layers(sixteenths, axes=0), sixteenths((2, 3)))
def test_fuse_conv_bn_weights_is_for_linear_layers_too(example, x):
    """linear(x, w', b') = batch_norm(linear(x, w, b))"""
    tensors, options = example
    weight, bias, *norm = [None if t is None else bounded(t) for t in tensors]
    x = bounded(x[:, : weight.shape[1]])
    left = linear(x, *fuse_conv_bn_weights(weight, bias, *norm, **options))
    right = batch_norm(linear(x, weight, bias), *norm, eps=options["eps"])
    assert_equal(left, right)


# --- special cases


@given(layers(sixteenths))
def test_fuse_conv_bn_weights_of_standard_moments_changes_nothing(example):
    """Mean 0, variance 1 and eps 0 leave the weight, and the bias"""
    (weight, bias, mean, *_), options = example
    zeros = np.zeros(mean.shape)
    tensors = (weight, bias, zeros, zeros + 1, None, None)
    left = fuse_conv_bn_weights(*tensors, eps=0, transpose=options["transpose"])
    assert_equal(left[0], weight)
    assert_equal(left[1], zeros if bias is None else bias)


def test_fuse_conv_bn_weights_of_many_filters():
    """w[o] · γ[o], for each of 300"""
    ones, scale = np.ones(300), np.arange(300.0)
    weight, _ = fuse_conv_bn_weights(
        ones[:, None], None, ones, ones, scale, None, eps=0
    )
    assert_equal(weight, scale[:, None])


# --- errors


@pytest.mark.parametrize(
    ("problem", "changed", "eps"),
    [
        ("running_mean has", {"running_mean": np.ones(3)}, 0),
        ("bias has", {"bias": np.ones((2, 1))}, 0),
        ("bn_weight has", {"bn_weight": np.ones(1)}, 0),
        ("eps is", {}, -1),
    ],
)
def test_fuse_conv_bn_weights_rejects_what_does_not_fit(problem, changed, eps):
    names = ("bias", "running_mean", "running_var", "bn_weight", "bn_bias")
    tensors = {**dict.fromkeys(names, np.ones(2)), **changed}
    with pytest.raises(ValueError, match=problem):
        fuse_conv_bn_weights(np.ones((2, 3)), *tensors.values(), eps=eps)


# --- agreement


@pytest.mark.parametrize("way", ways("fuse_conv_bn_weights"))
@given(layers(ordinary))
def test_fuse_conv_bn_weights_agrees_with_backend(backend, way, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    names = ("weight", "bias", "running_mean", "running_var", "bn_weight", "bn_bias")
    agree(backend, fuse_conv_bn_weights, *tensors, constant=names, way=way, **options)
