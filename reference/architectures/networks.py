"""Networks of the literature as layers, in the words of `shape_chain`."""

VGG = {
    11: (1, 1, 2, 2, 2),
    13: (2, 2, 2, 2, 2),
    16: (2, 2, 3, 3, 3),
    19: (2, 2, 4, 4, 4),
}
RESNETS = {
    18: (2, 2, 2, 2),
    34: (3, 4, 6, 3),
    50: (3, 4, 6, 3),
    101: (3, 4, 23, 3),
    152: (3, 8, 36, 3),
}
DENSENETS = {121: (6, 12, 24, 16), 169: (6, 12, 32, 32), 201: (6, 12, 48, 32)}
INCEPTIONS = (
    ((64, (96, 128), (16, 32), 32), (128, (128, 192), (32, 96), 64)),
    (
        (192, (96, 208), (16, 48), 64),
        (160, (112, 224), (24, 64), 64),
        (128, (128, 256), (24, 64), 64),
        (112, (144, 288), (32, 64), 64),
        (256, (160, 320), (32, 128), 128),
    ),
    ((256, (160, 320), (32, 128), 128), (384, (192, 384), (48, 128), 128)),
)


def lenet_layers(*, classes: int = 10) -> tuple:
    """Lay out LeNet-5 for images of 28x28: two convolutions, then three linear layers.

    Source: Zhang et al., "Dive into Deep Learning", section on LeNet, with sigmoids
        and average pooling, and a padding of 2 that LeCun's images of 32x32 had.
    """
    convolutions = [
        layer
        for conv in [("conv", 6, 5, 1, 2), ("conv", 16, 5)]
        for layer in (conv, ("sigmoid",), ("avg_pool", 2))
    ]
    dense = [("linear", 120), ("sigmoid",), ("linear", 84), ("sigmoid",)]
    return (*convolutions, ("flatten",), *dense, ("linear", classes))


def alexnet_layers(*, classes: int = 1000) -> tuple:
    """Lay out AlexNet for images of 224x224: five convolutions, three linear layers.

    Source: torchvision.models.alexnet, which follows Krizhevsky, "One weird trick for
        parallelizing convolutional neural networks" (arXiv:1404.5997): 64 filters
        first, where the paper of 2012 has 96.
    """
    pool = ("max_pool", 3, 2)
    return (
        *(("conv", 64, 11, 4, 2), ("relu",), pool),
        *(("conv", 192, 5, 1, 2), ("relu",), pool),
        *(("conv", 384, 3, 1, 1), ("relu",)),
        *(("conv", 256, 3, 1, 1), ("relu",)),
        *(("conv", 256, 3, 1, 1), ("relu",), pool),
        *_classifier(classes),
    )


def vgg_layers(*, depth: int, classes: int = 1000) -> tuple:
    """Lay out VGG for images of 224x224: five blocks of 3x3, three linear layers.

    Raises:
        ValueError: depth is not 11, 13, 16 or 19.

    Source: Simonyan and Zisserman (arXiv:1409.1556), configurations A, B, D and E.
    """
    layers = []
    for filters, repeats in zip((64, 128, 256, 512, 512), _of(VGG, depth)):
        layers += repeats * [("conv", filters, 3, 1, 1), ("relu",)]
        layers += [("max_pool", 2)]
    return (*layers, *_classifier(classes))


def nin_layers(*, classes: int = 10) -> tuple:
    """Lay out Network in Network for images of 224x224, without a linear layer.

    Source: Zhang et al., "Dive into Deep Learning", section on NiN.
    """
    blocks = [(96, 11, 4, 0), (256, 5, 1, 2), (384, 3, 1, 1), (classes, 3, 1, 1)]
    layers = []
    for block in blocks:
        ones = 2 * [("conv", block[0], 1), ("relu",)]
        last = ("dropout",) if block is blocks[2] else ("global_avg_pool",)
        pool = [] if block is blocks[3] else [("max_pool", 3, 2)]
        layers += [("conv", *block), ("relu",), *ones, *pool]
        layers += [last] if block in blocks[2:] else []
    return (*layers, ("flatten",))


def inception_layers(first: int, second: tuple, third: tuple, fourth: int) -> tuple:
    """Lay out one inception block; its paths are those of `inception_block`.

    Source: Szegedy et al., "Going Deeper with Convolutions" (arXiv:1409.4842).
    """
    relu = ("relu",)
    paths = (
        (("conv", first, 1), relu),
        (("conv", second[0], 1), relu, ("conv", second[1], 3, 1, 1), relu),
        (("conv", third[0], 1), relu, ("conv", third[1], 5, 1, 2), relu),
        (("max_pool", 3, 1, 1), ("conv", fourth, 1), relu),
    )
    return (("concatenate", *paths),)


def googlenet_layers(*, classes: int = 10) -> tuple:
    """Lay out GoogLeNet for images of 96x96 or 224x224: nine inception blocks.

    Source: Zhang et al., "Dive into Deep Learning", section on GoogLeNet, with one
        channel first and without auxiliary classifiers; the paper's numbers of filters.
    """
    relu, pool = ("relu",), ("max_pool", 3, 2, 1)
    layers = [("conv", 64, 7, 2, 3), relu, pool]
    layers += [("conv", 64, 1), relu, ("conv", 192, 3, 1, 1), relu, pool]
    for stage in INCEPTIONS:
        for paths in stage:
            layers += inception_layers(*paths)
        layers += [("global_avg_pool",) if stage is INCEPTIONS[-1] else pool]
    return (*layers, ("flatten",), ("linear", classes))


def resnet_layers(
    *, depth: int, classes: int = 1000, groups: int = 1, width_per_group: int = 64
) -> tuple:
    """Lay out a residual network for images of 224x224.

    From 50 layers on its blocks are bottlenecks; with more than one group it is a
    ResNeXt, 32x4d of 32 groups and a width_per_group of 4.

    Raises:
        ValueError: depth is not 18, 34, 50, 101 or 152.

    Source: torchvision.models.resnet, which follows He et al. (arXiv:1512.03385) and
        Xie et al. (arXiv:1611.05431).
    """
    layers = [*_normalized(64, 7, 2, 3), ("relu",), ("max_pool", 3, 2, 1)]
    channels = 64
    for stage, repeats in enumerate(_of(RESNETS, depth)):
        for block in range(repeats):
            stride = 2 if stage and not block else 1
            filters = 64 * 2**stage
            width = filters * width_per_group // 64 * groups
            if depth < 50:
                body = (*_normalized(filters, 3, stride, 1), ("relu",))
                body += _normalized(filters, 3, 1, 1)
            else:
                body = (*_normalized(width, 1), ("relu",))
                body += (*_normalized(width, 3, stride, 1, groups), ("relu",))
                filters *= 4
                body += _normalized(filters, 1)
            is_same = stride == 1 and channels == filters
            skip = () if is_same else _normalized(filters, 1, stride)
            layers += [("add", skip, body), ("relu",)]
            channels = filters
    return (*layers, ("global_avg_pool",), ("flatten",), ("linear", classes))


def densenet_layers(*, depth: int, growth: int = 32, classes: int = 1000) -> tuple:
    """Lay out a densely connected network for images of 224x224.

    A layer is 1x1, of 4 · growth filters, then 3x3; between blocks, half the channels.

    Raises:
        ValueError: depth is not 121, 169 or 201.

    Source: torchvision.models.densenet, which follows Huang et al. (arXiv:1608.06993).
    """
    before, channels = (("batch_norm",), ("relu",)), 2 * growth
    layers = [*_normalized(channels, 7, 2, 3), ("relu",), ("max_pool", 3, 2, 1)]
    repeats = _of(DENSENETS, depth)
    for block, count in enumerate(repeats):
        grown = (*before, ("conv", 4 * growth, 1, 1, 0, 1, False))
        grown += (*before, ("conv", growth, 3, 1, 1, 1, False))
        layers += count * [("concatenate", (), grown)]
        channels += count * growth
        if block < len(repeats) - 1:
            channels //= 2
            layers += [*before, ("conv", channels, 1, 1, 0, 1, False), ("avg_pool", 2)]
    head = (("global_avg_pool",), ("flatten",), ("linear", classes))
    return (*layers, *before, *head)


def mobilenet_layers(*, classes: int = 1000) -> tuple:
    """Lay out MobileNet for images of 224x224: thirteen depthwise separable blocks.

    Source: Howard et al., "MobileNets" (arXiv:1704.04861).
    """
    steps = [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)]
    steps += 5 * [(512, 1)] + [(1024, 2), (1024, 1)]
    layers, channels = [*_normalized(32, 3, 2, 1), ("relu",)], 32
    for filters, stride in steps:
        layers += [*_normalized(channels, 3, stride, 1, channels), ("relu",)]
        layers += [*_normalized(filters, 1), ("relu",)]
        channels = filters
    return (*layers, ("global_avg_pool",), ("flatten",), ("linear", classes))


def _of(table: dict, depth: int) -> tuple:
    if depth not in table:
        raise ValueError(f"depth is {depth}; it must be one of {[*table]}")
    return table[depth]


def _normalized(filters, kernel, stride=1, padding=0, groups=1):
    """A convolution without bias, and batch normalization."""
    return (("conv", filters, kernel, stride, padding, groups, False), ("batch_norm",))


def _classifier(classes):
    """The linear layers of AlexNet and VGG."""
    hidden = (("dropout",), ("linear", 4096), ("relu",))
    return (("flatten",), *hidden, *hidden, ("linear", classes))
