"""The laws of reference/architectures/networks.py: they are those of the literature."""

from itertools import pairwise

import pytest

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

# --- special cases


def learnt(layers, *shape):
    return parameter_count(shape=shape or (3, 224, 224), layers=layers)


def shapes(layers, *shape):
    """Channels and height after each layer that changes them."""
    chain = shape_chain(shape=shape, layers=layers)[:, :2].tolist()
    return [after for before, after in pairwise(chain) if after != before]


def test_lenet_layers_learn():
    """156 + 2416 + 48120 + 10164 + 850: two convolutions, three linear layers"""
    assert learnt(lenet_layers(), 1, 28, 28) == 156 + 2416 + 48120 + 10164 + 850


def test_alexnet_layers_learn():
    """As many as torchvision.models.alexnet"""
    assert learnt(alexnet_layers()) == 61_100_840


@pytest.mark.parametrize(
    ("depth", "count"),
    [(11, 132_863_336), (13, 133_047_848), (16, 138_357_544), (19, 143_667_240)],
)
def test_vgg_layers_learn(depth, count):
    """As many as torchvision.models.vgg11 and so on; depth layers have weights"""
    layers = vgg_layers(depth=depth)
    assert learnt(layers) == count
    assert sum(layer[0] in ("conv", "linear") for layer in layers) == depth


@pytest.mark.parametrize(
    ("depth", "count"),
    [
        (18, 11_689_512),
        (34, 21_797_672),
        (50, 25_557_032),
        (101, 44_549_160),
        (152, 60_192_808),
    ],
)
def test_resnet_layers_learn(depth, count):
    """As many as torchvision.models.resnet18 and so on"""
    assert learnt(resnet_layers(depth=depth)) == count


def test_resnet_layers_in_groups_learn():
    """As many as torchvision.models.resnext50_32x4d, and about as resnet50"""
    grouped = resnet_layers(depth=50, groups=32, width_per_group=4)
    assert learnt(grouped) == 25_028_904


@pytest.mark.parametrize(("depth", "count"), [(121, 7_978_856), (169, 14_149_480)])
def test_densenet_layers_learn(depth, count):
    """As many as torchvision.models.densenet121 and densenet169"""
    assert learnt(densenet_layers(depth=depth)) == count


@pytest.mark.parametrize("growth", [12, 32])
def test_densenet_layers_grow(growth):
    """6 layers of a block: c0 + 6 · growth channels, then half of them"""
    layers = densenet_layers(depth=121, growth=growth)
    channels = shape_chain(shape=(3, 224, 224), layers=layers)[:, 0].tolist()
    start = 2 * growth
    assert channels[4:11] == [start + n * growth for n in range(7)]
    assert channels[13] == (start + 6 * growth) // 2


def test_mobilenet_layers_learn():
    """The paper's 4.2 million, 3.2 of them outside the classifier"""
    assert learnt(mobilenet_layers()) == 4_231_976
    assert learnt(mobilenet_layers()[:-1]) == 4_231_976 - 1_025_000


def test_nin_layers_end_with_one_channel_for_each_class():
    """Channels are classes; no layer is linear, and all numbers are convolutions'"""
    layers = nin_layers(classes=7)
    assert shape_chain(shape=(1, 224, 224), layers=layers)[-1].tolist() == [7, 1, 1]
    assert not any(layer[0] == "linear" for layer in layers)


def test_googlenet_layers_have_blocks_of_so_many_channels():
    """256, 480 · 512, 512, 512, 528, 832 · 832, 1024: the paper's table"""
    layers = googlenet_layers()
    chain = shape_chain(shape=(1, 96, 96), layers=layers)[1:, 0].tolist()
    blocks = [n for n, layer in zip(chain, layers) if layer[0] == "concatenate"]
    assert blocks == [256, 480, 512, 512, 512, 528, 832, 832, 1024]


def test_inception_layers_keep_the_size_and_add_channels():
    """The filters of the four paths' last convolutions: 1 + 3 + 5 + 6"""
    layers = inception_layers(1, (2, 3), (4, 5), 6)
    assert shape_chain(shape=(2, 4, 7), layers=layers)[-1].tolist() == [15, 4, 7]


def test_vgg_layers_halve_five_times():
    """224 → 112 → 56 → 28 → 14 → 7, then 512 · 7 · 7 features"""
    *images, flat, _, classes = shapes(vgg_layers(depth=11), 3, 224, 224)
    halved = [[64, 112], [128, 56], [256, 28], [512, 14], [512, 7]]
    assert [shape for shape in images if shape in halved] == halved
    assert flat == [25088, 1]
    assert classes == [1000, 1]


def test_nin_layers_have_these_shapes():
    """54 and 26, 26 and 12, 12 and 5, then the classes; 1 992 166 numbers"""
    first = [[96, 54], [96, 26], [256, 26], [256, 12], [384, 12], [384, 5]]
    assert shapes(nin_layers(), 1, 224, 224) == [*first, [10, 5], [10, 1]]
    assert learnt(nin_layers(), 1, 224, 224) == 1_992_166


def test_googlenet_layers_have_these_stages():
    """(64, 24) · (192, 12) · (480, 6) · (832, 3) · (1024, 1); 5 977 530 numbers"""
    stages = [[64, 24], [192, 12], [480, 6], [832, 3], [1024, 1]]
    chain = shapes(googlenet_layers(), 1, 96, 96)
    assert [shape for shape in chain if shape in stages] == stages
    assert learnt(googlenet_layers(), 1, 96, 96) == 5_977_530


@pytest.mark.parametrize(("depth", "times"), [(18, 1), (50, 4)])
def test_resnet_layers_have_these_stages(depth, times):
    """56, 28, 14 and 7 pixels a side, of 64, 128, 256 and 512 channels or 4 times"""
    stages = [[64, 56], [128, 28], [256, 14], [512, 7]]
    stages = [[times * channels, side] for channels, side in stages]
    chain = shapes(resnet_layers(depth=depth), 3, 224, 224)
    assert chain[0] == [64, 112]
    assert chain[-6:-2] == stages


# --- errors


@pytest.mark.parametrize("layout", [vgg_layers, resnet_layers, densenet_layers])
def test_vgg_layers_rejects_depths(layout):
    with pytest.raises(ValueError, match="depth is 17"):
        layout(depth=17)
