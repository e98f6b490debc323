"""The laws of reference/detection/tiny_ssd.py, then its agreement with the backends."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from properties.agreement import agree, agree_exactly, assert_equal
from properties.arithmetic.bounded import bounded
from properties.strategies import (
    codes,
    fractions,
    ordinary,
    positive,
    sixteenths,
    whole_numbers,
)
from reference.activations.rectifiers import relu
from reference.boxes.anchors import multibox_prior
from reference.detection.tiny_ssd import (
    base_net,
    down_sample_blk,
    halved_size,
    ssd_scales,
    ssd_sizes,
    tiny_ssd_shapes,
)
from reference.pooling.max_pool import max_pool2d

# --- strategies

SIZES = np.array(
    [[0.2, 0.272], [0.37, 0.447], [0.54, 0.619], [0.71, 0.79], [0.88, 0.961]]
)
"""The notes' sizes of anchors, at each of five scales."""

IMAGES = [
    *((256, 256, 32, 1, 4), (65, 127, 2, 3, 4), (191, 90, 1, 2, 5)),
    *((127, 64, 3, 1, 1), (130, 200, 1, 4, 2), (96, 255, 2, 2, 3)),
]
"""Heights, widths, batches, numbers of classes and of anchors."""

LIMITS = np.array([Fraction(1, 5), Fraction(22, 25)])


@st.composite
def blocks(draw, elements, *, layers=(1, 2), count=1):
    """Images, and the weights of so many blocks, each of some layers."""
    ranges = (1, 2), (1, 2), (0, 1), (0, 1), (0, 11), (0, 1)
    batch, channels, *room, kind, training = draw(whole_numbers(*ranges))
    depth, size = draw(st.sampled_from(layers)), [2**count + n for n in room]
    if kind == 1:
        channels, depth = 33, min(layers)
    x = draw(elements((batch, channels, *size)))
    weights = []
    for filters in draw(whole_numbers(*[(1, 2)] * depth * count)):
        shapes = (filters, channels, 3, 3), (filters,), (filters,)
        weight, *rest = (draw(elements(shape)) for shape in shapes)
        weights += [weight, *rest]
        weights += [draw(positive((filters,)))]
        scale, shift = (draw(elements((filters,))) for _ in range(2))
        weights += [scale, shift]
        channels = filters
    return (x, *weights), {"training": training == 1, "eps": 0.0625}, depth


@st.composite
def exact_nets(draw):
    """Images and weights of whole numbers, and of variances 1 and 4 less eps."""
    layers, count, channels, *room = draw(
        whole_numbers((1, 2), (1, 2), (1, 2), (0, 1), (0, 1))
    )
    size = [2**count + n for n in room]
    x = draw(codes((2, channels, *size))) % 5 - 2.0
    weights = []
    for filters in draw(whole_numbers(*[(1, 2)] * layers * count)):
        kernel = draw(codes((filters, channels, 3, 3)))
        rows = draw(codes((5, filters))) % 3 - 1.0
        weights += [np.where(kernel % 4 == 3, kernel // 4 % 3 - 1.0, 0), *rows]
        weights[-3] = np.where(rows[2] > 0, 3.25, 0.25)
        channels = filters
    return (x, *weights), {"layers": layers, "training": False, "eps": 0.75}


@st.composite
def scales(draw, elements):
    """Two limits, and how many scales are between them."""
    return draw(elements((2,))), draw(st.sampled_from([5, 2, 3, 4, 33, 65]))


def maps_of(height, width):
    """The sides of TinySSD's five maps."""
    sides = [
        tuple(halved_size(side, blocks=blocks) for side in (height, width))
        for blocks in (3, 4, 5, 6)
    ]
    return [*sides, (1, 1)]


def plain(channels):
    """Weights of a layer that gives its input: nothing is moved or normalized."""
    weight = np.zeros((channels, channels, 3, 3))
    weight[range(channels), range(channels), 1, 1] = 1
    none, one = np.zeros(channels), np.ones(channels)
    return weight, none, none, one, one, none


# --- identities


@given(blocks(sixteenths))
def test_down_sample_blk_halves_an_image(example):
    """y is (batch, out, ⌊height / 2⌋, ⌊width / 2⌋), and y ≥ 0"""
    (x, *weights), options, _ = example
    y = down_sample_blk(x, *weights, **options)
    sides = [halved_size(side, blocks=1) for side in x.shape[2:]]
    assert y.shape == (len(x), len(weights[-1]), *sides)
    assert (y >= 0).all()


@given(blocks(sixteenths, count=2, layers=[1]))
def test_base_net_is_one_block_after_another(example):
    """base_net(x, a, b) = block_b(block_a(x)), halved twice: ⌊⌊n / 2⌋ / 2⌋ a side"""
    (x, *weights), options, _ = example
    left = base_net(x, *weights, layers=1, **options)
    between = down_sample_blk(x, *weights[:6], **options)
    assert_equal(left, down_sample_blk(between, *weights[6:], **options))
    sides = [halved_size(side, blocks=2) for side in x.shape[2:]]
    assert left.shape[2:] == (*sides,)


@given(st.integers(0, 6), st.integers(1, 2000))
def test_halved_size_rounds_down_but_once(blocks, size):
    """⌊⌊n / 2⌋ / 2⌋ … = ⌊n / 2ᵏ⌋: rounding each time is rounding at the end"""
    size += 2**blocks - 1
    assert halved_size(size, blocks=blocks) == size // 2**blocks


@given(st.integers(64, 200), st.integers(64, 200), st.integers(1, 3), st.integers(1, 3))
def test_tiny_ssd_shapes_counts_the_anchors_of_all_maps(height, width, sizes, ratios):
    """Σ anchors = (sizes + ratios − 1) · Σ pixels: as many as multibox_prior makes"""
    options = {"batch": 2, "num_classes": 3, "num_anchors": sizes + ratios - 1}
    shapes = tiny_ssd_shapes(height=height, width=width, **options)
    count = sum(
        multibox_prior(np.zeros((1, 1)), np.ones(sizes), np.ones(ratios)).shape[1]
        * h
        * w
        for h, w in maps_of(height, width)
    )
    assert_equal(shapes, np.array([[1, count, 4], [2, count, 4], [2, 4 * count, 1]]))


@given(scales(fractions))
def test_ssd_scales_are_evenly_spaced(example):
    """s[k + 1] − s[k] = (most − least) / (count − 1), s[0] = least, s[−2] = most"""
    limits, count = example
    s = ssd_scales(limits, count=count)
    assert set(np.diff(s)) == {(limits[1] - limits[0]) / (count - 1)}
    assert (s[0], s[-2], len(s)) == (*limits, count + 1)


@given(positive((4,)))
def test_ssd_sizes_second_is_the_geometric_mean(scales):
    """y[k, 0] = s[k],  y[k, 1]² = s[k] · s[k + 1]: between both, as ratios go"""
    y = ssd_sizes(bounded(scales))
    assert_equal(y[:, 0], bounded(scales[:-1]))
    assert_equal(y[:, 1] * y[:, 1], bounded(scales[:-1]) * bounded(scales[1:]))


# --- algebra


@given(scales(fractions), st.integers(-4, 4))
def test_ssd_scales_are_homogeneous(example, a):
    """scales(a · limits) = a · scales(limits)"""
    limits, count = example
    left = ssd_scales(a * limits, count=count)
    assert_equal(left, a * ssd_scales(limits, count=count))


@given(positive((4,)), st.integers(-3, 3))
def test_ssd_sizes_are_homogeneous(scales, power):
    """sizes(2ᵖ s) = 2ᵖ · sizes(s): shares of a side, or pixels"""
    assert_equal(ssd_sizes(2.0**power * scales), 2.0**power * ssd_sizes(scales))


@given(positive((5,)))
def test_ssd_sizes_increase_with_scales(scales):
    """s rising: s[k] ≤ √(s[k] · s[k + 1]) ≤ s[k + 1]"""
    scales = np.cumsum(np.round(64 * scales) + 1)
    assert (np.diff(ssd_sizes(scales).ravel()) > 0).all()


# --- invariances


@given(blocks(ordinary, layers=[1]), st.integers(-3, 3))
def test_down_sample_blk_training_is_invariant_under_scales(example, power):
    """blk(x, a w, a b; a² eps) = blk(x, w, b; eps) where it trains: norms see no a"""
    (x, weight, bias, *rest), _, _ = example
    a = 2.0**power
    left = down_sample_blk(
        x, a * weight, a * bias, *rest, training=True, eps=a * a * 0.0625
    )
    right = down_sample_blk(x, weight, bias, *rest, training=True, eps=0.0625)
    assert_equal(left, right)


@given(blocks(sixteenths))
def test_down_sample_blk_evaluating_treats_each_image_by_itself(example):
    """blk([a, b]) = [blk(a), blk(b)] where it does not train"""
    (x, *weights), options, _ = example
    options |= {"training": False}
    alone = [down_sample_blk(x[n : n + 1], *weights, **options) for n in range(len(x))]
    assert_equal(down_sample_blk(x, *weights, **options), np.concatenate(alone))


@given(blocks(sixteenths, layers=[1]))
def test_down_sample_blk_is_equivariant_under_flips(example):
    """Windows turned around see an image turned around: of even sides, the same"""
    (x, *weights), options, _ = example
    x = x[..., : x.shape[-1] // 2 * 2]
    options |= {"training": False}
    turned = [w[..., ::-1] if w.ndim == 4 else w for w in weights]
    left = down_sample_blk(x[..., ::-1], *turned, **options)
    assert_equal(left, down_sample_blk(x, *weights, **options)[..., ::-1])


# --- special cases


@given(sixteenths((2, 2, 4, 5)), st.integers(1, 3))
def test_down_sample_blk_of_plain_layers_reduces_to_max_pool2d(x, layers):
    """What changes nothing leaves relu, once or more often, and the halving"""
    options = {"training": False, "eps": 0.0}
    left = down_sample_blk(x, *layers * plain(2), **options)
    assert_equal(left, max_pool2d(relu(x), kernel_size=2, stride=2))


def test_down_sample_blk_training_mixes_images():
    """One image more changes what the others give, where it trains"""
    x = np.array([1.0, 2, 3, 4]).reshape(1, 1, 2, 2)
    both = np.concatenate([x, 4 * x])
    options = {"training": True, "eps": 0.0625}
    left = down_sample_blk(both, *plain(1), **options)[:1]
    assert left != down_sample_blk(x, *plain(1), **options)


def test_down_sample_blk_of_worked_example():
    """The notes: 20 × 20 pixels become 10 × 10, and the channels another number"""
    weights = [w[:1].repeat(3, axis=0) for w in plain(1)]
    y = down_sample_blk(np.ones((1, 1, 20, 20)), *weights, training=False)
    assert y.shape == (1, 3, 10, 10)


def test_halved_size_of_worked_example():
    """The notes: 256 pixels, three blocks: 32; then 16, 8, 4, and one by pooling"""
    sides = [halved_size(256, blocks=blocks) for blocks in (3, 4, 5, 6)]
    assert sides == [32, 16, 8, 4]


def test_tiny_ssd_shapes_of_worked_example():
    """The notes: 32 images of 256 × 256 and one class: 5444 anchors, 21776 offsets"""
    options = {"batch": 32, "height": 256, "width": 256, "num_classes": 1}
    expected = [[1, 5444, 4], [32, 5444, 2], [32, 21776, 1]]
    assert_equal(tiny_ssd_shapes(**options), np.array(expected))


def test_ssd_scales_of_worked_example():
    """The notes: 0.2, 0.37, 0.54, 0.71, 0.88, always 0.17 more"""
    expected = [Fraction(k, 100) for k in (20, 37, 54, 71, 88, 105)]
    assert_equal(ssd_scales(LIMITS, count=5), np.array(expected))


def test_ssd_sizes_of_worked_example():
    """The notes: 0.272 = √(0.2 · 0.54). It is √(0.2 · 0.37), of a scale and the next,
    as their other four are; √(0.2 · 0.54) is 0.329"""
    scales = ssd_scales(LIMITS, count=5).astype(float)
    assert_equal(np.round(ssd_sizes(scales), 3), SIZES)
    skipped = ssd_sizes(scales[[0, 2]])
    assert_equal(np.round(skipped, 3), np.array([[0.2, 0.329]]))


# --- errors


@pytest.mark.parametrize("count", [0, 5, 7])
def test_down_sample_blk_and_base_net_reject_other_numbers_of_weights(count):
    x, weights = np.zeros((1, 1, 2, 2)), (2 * plain(1))[:count]
    with pytest.raises(ValueError, match=f"there are {count} weights"):
        down_sample_blk(x, *weights, training=False)
    with pytest.raises(ValueError, match=f"there are {count} weights"):
        base_net(x, *weights, layers=1, training=False)


def test_down_sample_blk_and_base_net_reject_other_axes_and_layers():
    with pytest.raises(ValueError, match="input has shape"):
        down_sample_blk(np.zeros((1, 2, 2)), *plain(1), training=False)
    with pytest.raises(ValueError, match="layers is 0"):
        base_net(np.zeros((1, 1, 2, 2)), *plain(1), layers=0, training=False)


def test_halved_size_and_tiny_ssd_shapes_reject_what_is_too_small():
    options = {"batch": 1, "num_classes": 1, "height": 64}
    with pytest.raises(ValueError, match="nothing is left of it after 6"):
        tiny_ssd_shapes(width=63, **options)
    with pytest.raises(ValueError, match="num_anchors is 0"):
        tiny_ssd_shapes(width=64, num_anchors=0, **options)
    for size, count, problem in [(0, 1, "size is 0"), (1, -1, "blocks is -1")]:
        with pytest.raises(ValueError, match=problem):
            halved_size(size, blocks=count)


def test_ssd_scales_and_ssd_sizes_reject_what_is_too_little():
    with pytest.raises(ValueError, match="count is 1"):
        ssd_scales(np.zeros(2), count=1)
    with pytest.raises(ValueError, match="limits has shape"):
        ssd_scales(np.zeros(3), count=2)
    for shape in [(1,), (2, 2)]:
        with pytest.raises(ValueError, match="scales has shape"):
            ssd_sizes(np.zeros(shape))


# --- agreement


@given(exact_nets())
def test_down_sample_blk_agrees_with_backend(backend, example):
    """Whole numbers, and roots of 1 and 4: no step rounds, and any may tie"""
    tensors, options = example
    tensors = tensors[: 1 + 6 * options.pop("layers")]
    agree_exactly(backend, down_sample_blk, *tensors, **options)


@given(exact_nets())
def test_base_net_agrees_with_backend(backend, example):
    """Whole numbers, and roots of 1 and 4: no step rounds, and any may tie"""
    tensors, options = example
    agree_exactly(backend, base_net, *tensors, **options)


@settings(backend="hypothesis")  # which stops after all of them
@given(st.sampled_from(IMAGES))
def test_tiny_ssd_shapes_agrees_with_backend(backend, numbers):
    """A network of torch's own modules has these shapes."""
    names = "height", "width", "batch", "num_classes", "num_anchors"
    agree(backend, tiny_ssd_shapes, **dict(zip(names, numbers)))


@given(scales(ordinary))
def test_ssd_scales_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    limits, count = example
    agree(backend, ssd_scales, limits, count=count)


@given(st.sampled_from([5, 2, 3, 33, 65]).flatmap(lambda n: positive((n + 1,))))
def test_ssd_sizes_agrees_with_backend(backend, scales):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, ssd_sizes, scales)
