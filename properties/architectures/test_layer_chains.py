"""The laws of reference/architectures/layer_chains.py, then its agreement."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.strategies import whole_numbers
from reference.architectures.layer_chains import parameter_count, shape_chain
from reference.architectures.networks import (
    alexnet_layers,
    densenet_layers,
    googlenet_layers,
    inception_layers,
    lenet_layers,
    mobilenet_layers,
    nin_layers,
    resnet_layers,
    vgg_layers,
)
from reference.convolution.separable_convolution import conv_mac_count

# --- strategies


def layer(code, a, b):
    """A layer that fits any image: kernels of 3 at most, padded."""
    conv = ("conv", 2 * a, 3, b, 1)
    same = ("conv", 4, 3, 1, 1)
    return [
        conv,
        ("conv", 2 * a, b, 1, 0 if b == 1 else 1, 1, False),
        ("conv", 2, 2, a, 1, 2),
        ("max_pool", 3, b, 1, a % 2 == 0),
        ("avg_pool", 2, a, 1),
        ("max_pool", 1),
        ("batch_norm",),
        (["relu", "sigmoid", "dropout", "softmax"][a],),
        ("concatenate", (), (same, ("relu",)), (("max_pool", 3, 1, 1),)),
        ("add", (same,), (("batch_norm",), same))[: 1 + a],
    ][code]


@st.composite
def networks(draw, *, most=4):
    """The shape of an image, and layers that fit it, some of them branches."""
    channels, height, width, depth, end, *codes = draw(
        whole_numbers(
            *((1, 2), (1, 9), (1, 9), (0, most), (0, 3)),
            *[(0, 9), (1, 3), (1, 3)] * most,
        )
    )
    every = zip(codes[::3], codes[1::3], codes[2::3])
    layers = [layer(*code) for code in every][:depth]
    ends = [], [("flatten",), ("linear", 3)], [("global_avg_pool",), ("flatten",)]
    shape = 2 * channels, height, width
    return {"shape": shape, "layers": (*layers, *(*ends, [])[end])}


KNOWN = {
    "lenet": (lenet_layers(), (1, 28, 28)),
    "alexnet": (alexnet_layers(), (3, 224, 224)),
    "vgg11": (vgg_layers(depth=11), (3, 224, 224)),
    "vgg16": (vgg_layers(depth=16), (3, 224, 224)),
    "nin": (nin_layers(), (1, 224, 224)),
    "googlenet": (googlenet_layers(), (1, 96, 96)),
    "resnet18": (resnet_layers(depth=18), (3, 224, 224)),
    "resnet50": (resnet_layers(depth=50), (3, 224, 224)),
    "resnext50": (
        resnet_layers(depth=50, groups=32, width_per_group=4),
        (3, 224, 224),
    ),
    "densenet121": (densenet_layers(depth=121), (3, 224, 224)),
    "mobilenet": (mobilenet_layers(), (3, 224, 224)),
}

each_network = pytest.mark.parametrize("name", KNOWN)


def learnt(layers, *shape):
    return parameter_count(shape=shape, layers=layers)


# --- identities


@given(networks(), st.integers(0, 4))
def test_shape_chain_continues_where_it_was_cut(network, at):
    """chain(f, g) = chain(f), then chain(g) from where f ends"""
    shape, layers = network.values()
    left = shape_chain(shape=shape, layers=layers[:at])
    right = shape_chain(shape=tuple(left[-1].tolist()), layers=layers[at:])
    whole = shape_chain(shape=shape, layers=layers)
    assert_equal(np.concatenate([left, right[1:]]), whole)


@given(networks(), st.integers(0, 4))
def test_parameter_count_is_additive(network, at):
    """count(f, g) = count(f) + count(g), g from where f ends"""
    shape, layers = network.values()
    between = tuple(shape_chain(shape=shape, layers=layers[:at])[-1].tolist())
    left = learnt(layers[:at], *shape) + learnt(layers[at:], *between)
    assert left == learnt(layers, *shape)


@given(networks())
def test_shape_chain_concatenates_branches(network):
    """A network beside itself: twice its channels, and what each branch learns"""
    shape, layers = network.values()
    both = (("concatenate", layers, layers),)
    [end] = shape_chain(shape=shape, layers=both)[1:]
    alone = shape_chain(shape=shape, layers=layers)[-1]
    assert_equal(end, alone * [2, 1, 1])
    assert learnt(both, *shape) == 2 * learnt(layers, *shape)


@given(networks())
def test_shape_chain_keeps_shapes_on_a_skip(network):
    """A residual connection around a network that keeps the shape learns no more"""
    shape, layers = network.values()
    if tuple(shape_chain(shape=shape, layers=layers)[-1]) == shape:
        around = (("add", (), layers),)
        assert tuple(shape_chain(shape=shape, layers=around)[-1]) == shape
        assert learnt(around, *shape) == learnt(layers, *shape)


# --- special cases


def test_shape_chain_of_lenet():
    """28 → 28 → 14 → 10 → 5, as the notes' picture has it, then 400 → 120 → 84 → 10"""
    chain = shape_chain(shape=(1, 28, 28), layers=lenet_layers())
    sides = chain[[0, 1, 3, 4, 6], 1].tolist()
    assert sides == [28, 28, 14, 10, 5]
    assert chain[[7, 8, 10, 12], 0].tolist() == [400, 120, 84, 10]


def test_shape_chain_of_lenet_does_not_preserve_the_volume():
    """The notes: fewer pixels, more channels, 'total "volume" is preserved'

    784 → 4704 → 1176 → 1600 → 400: half the sides and twice the channels are half.
    """
    chain = shape_chain(shape=(1, 28, 28), layers=lenet_layers())
    volumes = chain.prod(1)[[0, 1, 3, 4, 6]].tolist()
    assert volumes == [784, 4704, 1176, 1600, 400]
    halved = shape_chain(shape=(4, 8, 8), layers=(("conv", 8, 3, 2, 1),)).prod(1)
    assert halved[1] * 2 == halved[0]


def test_shape_chain_of_alexnet():
    """224 → 55 → 27 → 27 → 13 → 13 → 13 → 13 → 6"""
    chain = shape_chain(shape=(3, 224, 224), layers=alexnet_layers())
    sides = chain[[0, 1, 3, 4, 6, 7, 9, 11, 13], 1].tolist()
    assert sides == [224, 55, 27, 27, 13, 13, 13, 13, 6]


@pytest.mark.parametrize("name", ["resnet18", "resnet50", "googlenet"])
def test_shape_chain_halves_stage_by_stage(name):
    """Each stage has half the height and width of the one before"""
    layers, shape = KNOWN[name]
    sides = sorted({*shape_chain(shape=shape, layers=layers)[:, 1].tolist()})
    assert sides == [1, *[shape[1] >> n for n in range(5, -1, -1)]]


@pytest.mark.parametrize("paths", [(64, (96, 128), (16, 32), 32)])
def test_parameter_count_of_inception_is_less_than_of_one_kernel(paths):
    """192 → 256 channels: 163 696 numbers, where 3x3 has 442 624 and 5x5 1 229 056"""
    layers = inception_layers(*paths)
    assert shape_chain(shape=(192, 28, 28), layers=layers)[-1].tolist() == [256, 28, 28]
    counts = [
        learnt(layers, 192, 28, 28),
        *[learnt((("conv", 256, k, 1, k // 2),), 192, 28, 28) for k in (3, 5)],
    ]
    assert counts == [163696, 442624, 1229056]


@pytest.mark.parametrize("c", [1, 4, 64])
def test_parameter_count_of_a_bottleneck_is_less(c):
    """17 C² for 4 C → C → C → 4 C, 18 C² for two 3x3 of C channels"""
    bottleneck = [
        ("conv", f, k, 1, k // 2, 1, False) for f, k in [(c, 1), (c, 3), (4 * c, 1)]
    ]
    plain = 2 * [("conv", c, 3, 1, 1, 1, False)]
    assert learnt(tuple(bottleneck), 4 * c, 8, 8) == 17 * c**2
    assert learnt(tuple(plain), c, 8, 8) == 18 * c**2


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_parameter_count_of_a_linear_layer_has_a_bias(channels):
    """features · (channels + 1)"""
    assert learnt((("linear", 5),), channels, 1, 1) == 5 * (channels + 1)


@pytest.mark.parametrize("groups", [1, 2, 4, 8])
def test_parameter_count_of_groups_is_a_share(groups):
    """A convolution in g groups learns 1 / g of the weights"""
    grouped = (("conv", 16, 3, 1, 1, groups, False),)
    dense = (("conv", 16, 3, 1, 1, 1, False),)
    assert learnt(grouped, 8, 4, 4) * groups == learnt(dense, 8, 4, 4)


@pytest.mark.parametrize(("channels", "filters", "k"), [(32, 64, 3), (8, 8, 5)])
def test_parameter_count_of_a_separable_convolution_is_a_share(channels, filters, k):
    """1 / filters + 1 / k² of the weights, and of the multiply-accumulates"""
    separable = (
        ("conv", channels, k, 1, k // 2, channels, False),
        ("conv", filters, 1, 1, 0, 1, False),
    )
    dense = (("conv", filters, k, 1, k // 2, 1, False),)
    share = Fraction(1, filters) + Fraction(1, k * k)
    left = learnt(separable, channels, 7, 7)
    assert left == share * learnt(dense, channels, 7, 7)
    macs = conv_mac_count(channels, channels, (k, k), (7, 7), groups=channels)
    macs += conv_mac_count(channels, filters, (1, 1), (7, 7))
    assert macs == share * conv_mac_count(channels, filters, (k, k), (7, 7))


# --- errors


@pytest.mark.parametrize(
    ("layer", "problem"),
    [
        (("deconv", 2), "layers have"),
        (("linear", 2), "layers are linear after"),
        (("conv", 2, 9), "the kernel reaches 9"),
        (("max_pool", 2, 2, -1, True), "padding is -1"),
        (("max_pool", 3, 2, -1, True), "padding is -1"),
        (("conv", 3, 1, 1, 0, 2), "groups is 2"),
        (("add",), "layers have"),
        (("add", (), (("conv", 3, 1),)), "layers add"),
        ((str(np.str_("add")), (), (("conv", 3, 1),)), "layers add"),
        (("concatenate", (), (("max_pool", 2),)), "layers concatenate"),
    ],
)
def test_shape_chain_rejects_layers(layer, problem):
    with pytest.raises(ValueError, match=problem):
        shape_chain(shape=(2, 4, 4), layers=(layer,))


@pytest.mark.parametrize("shape", [(2, 4, 1), (2, 1, 4)])
def test_shape_chain_rejects_branches_of_another_height_or_width(shape):
    """Of 4 pixels windows of 2, padded by 1, make 3; of one pixel one"""
    branches = (), (("max_pool", 2, 2, 1),)
    with pytest.raises(ValueError, match="layers concatenate"):
        shape_chain(shape=shape, layers=(("concatenate", *branches),))


@pytest.mark.parametrize("shape", [(2, 2, 1), (2, 1, 0), (2, 0, 1)])
def test_shape_chain_rejects_linear_layers_of_what_is_not_flat(shape):
    """One pixel, not several, nor none"""
    with pytest.raises(ValueError, match="layers are linear after"):
        shape_chain(shape=shape, layers=(("linear", 2),))


# --- agreement


@given(networks(most=2))
def test_shape_chain_agrees_with_backend(backend, network):
    """The backend's modules have the same shapes."""
    agree(backend, shape_chain, **network)


@given(networks(most=2))
def test_parameter_count_agrees_with_backend(backend, network):
    """The backend's modules have as many parameters."""
    agree(backend, parameter_count, **network)


@each_network
def test_parameter_count_of_known_networks_agrees_with_backend(backend, name):
    """The backend's own modules have as many parameters, and the same shapes."""
    layers, shape = KNOWN[name]
    agree(backend, parameter_count, shape=shape, layers=layers)


@each_network
def test_shape_chain_of_known_networks_agrees_with_backend(backend, name):
    """The backend's own modules have the same shapes."""
    layers, shape = KNOWN[name]
    agree(backend, shape_chain, shape=shape, layers=layers)
