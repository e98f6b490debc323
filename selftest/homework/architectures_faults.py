"""Subtle faults of architectures.py: the text to replace, and by what."""

FAULTS = {
    "residual_block": {
        "relu before the sum, not after": (
            "return relu(y) if activate else y",
            "return relu(conv(inner, w2, b2)) + skip if activate else y",
        ),
        "activate ignored": (
            "return relu(y) if activate else y",
            "return relu(y)",
        ),
        "the skip is activated": (
            "skip = conv(input, skip_weight, skip_bias, stride)",
            "skip = relu(conv(input, skip_weight, skip_bias, stride))",
        ),
        "the skip's bias left out": (
            "skip = conv(input, skip_weight, skip_bias, stride)",
            "skip = conv(input, skip_weight, None, stride)",
        ),
        "no activation between": (
            "inner = relu(conv(input, w1, b1, stride))",
            "inner = conv(input, w1, b1, stride)",
        ),
        "the last channel of more than 32 left out": (
            "y = conv(inner, w2, b2) + skip",
            "y = conv(inner[:, :32], w2[:, :32], b2) + skip",
        ),
        "one part in 10^5 off": (
            "y = conv(inner, w2, b2) + skip",
            "y = conv(inner, w2, b2) * 1.00001 + skip",
        ),
    },
    "bottleneck_block": {
        "stride_first ignored": (
            "if stride_first else (1, stride)",
            "if stride_first is None else (1, stride)",
        ),
        "the last bias left out": ("groups)), w3, b3)", "groups)), w3)"),
        "channels shuffled between groups": (
            "thin = relu(conv(input, w1, b1, first))",
            "thin = np.roll(relu(conv(input, w1, b1, first)), groups - 1, axis=1)",
        ),
        "no activation before the last convolution": (
            "conv(relu(conv(thin, w2, b2, second, groups)), w3, b3)",
            "conv(conv(thin, w2, b2, second, groups), w3, b3)",
        ),
        "the first image's skip for all": (
            "return relu(wide + input) if activate",
            "return relu(wide + input[:1]) if activate",
        ),
        "activate ignored with a skip": (
            "if activate else wide + input",
            "if activate or skips[0] is not None else wide + input",
        ),
    },
    "inception_block": {
        "pooling pads with zeros": ("constant_values=-np.inf", "constant_values=0"),
        "average pooling": (".max((4, 5))", ".mean((4, 5))"),
        "paths 2 and 3 exchanged": (
            "conv(input, *a), path2, path3,",
            "conv(input, *a), path3, path2,",
        ),
        "no activation in path 3": (
            "path3 = conv(relu(conv(input, *d)), *e)",
            "path3 = conv(conv(input, *d), *e)",
        ),
        "path 4 not activated": (
            "return relu(np.concatenate(paths, axis=1))",
            "return np.concatenate([relu(np.concatenate(paths[:3], axis=1)), paths[3]],"
            " axis=1)",
        ),
        "path 2 reads 32 channels": (
            "path2 = conv(relu(conv(input, *b)), *c)",
            "path2 = conv(relu(conv(input[:, :32], b[0][:, :32], b[1])), *c)",
        ),
    },
    "dense_block": {
        "layers see only the layer before": (
            "normal = y * scale",
            "y[:, : input.shape[1]] *= len(y) < 2 or 0\n        normal = y * scale",
        ),
        "new channels first": (
            "np.concatenate([y, grown], axis=1)",
            "np.concatenate([grown, y], axis=1)",
        ),
        "activation before the scale": (
            "normal = y * scale[:, None, None] + shift[:, None, None]",
            "normal = relu(y) * scale[:, None, None] + shift[:, None, None]",
        ),
        "what was given is activated too": (
            "np.concatenate([y, grown], axis=1)",
            "np.concatenate([relu(y), grown], axis=1)",
        ),
        "the first scale for all channels": (
            "y * scale[:, None, None]",
            "y * scale[:1, None, None]",
        ),
        "a layer that grows by 33 channels has one less right": (
            "grown = conv(relu(normal), weight)",
            "grown = conv(relu(normal), weight)\n        grown[:, 32:] = 0",
        ),
    },
    "mobilenet_block": {
        "no activation between": ("relu(each)", "each"),
        "not activated": ("return relu(mixed + shift)", "return (mixed + shift)"),
        "capped at 6": (
            "return relu(mixed + shift)",
            "return np.minimum(relu(mixed + shift), 6)",
        ),
        "the depthwise bias left out": (
            "conv(input, w1, b1, stride, groups=len(w1))",
            "conv(input, w1, None, stride, groups=len(w1))",
        ),
        "the stride is 1 for one channel": (
            "conv(input, w1, b1, stride, groups=len(w1))",
            "conv(input, w1, b1, stride if len(w1) > 1 else 1, groups=len(w1))",
        ),
        "the last of 33 channels left out": (
            '"nchw,oc->nohw", relu(each), w2[:, :, 0, 0]',
            '"nchw,oc->nohw", relu(each)[:, :32], w2[:, :32, 0, 0]',
        ),
    },
}
