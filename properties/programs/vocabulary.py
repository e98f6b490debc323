"""What programs are made of: how each operation is applied to values that there are.

Each builder takes a `Draft`, chooses values and options, and makes one step. What the
definition rejects does not fit, and another operation is tried.
"""

import numpy as np

from properties.backends.program import UPDATE
from properties.programs.layers import (
    answers,
    cell,
    horizontal_flip,
    kl_div,
    layer,
    masked,
    masked_along,
    normalize_channels,
    resize,
)
from properties.programs.moves import (
    batch_gather,
    broadcast_tensors,
    changed,
    embedding,
    flatten,
    integer_index,
    joined,
    masked_fill,
    pad,
    permute,
    pieces,
    repeat_interleave,
    select,
    slice_along,
    slice_scatter,
    transpose,
    view,
)

SMOOTH = ("tanh", "sin", "cos", "exp", "square", "neg", "abs")
OF_POSITIVE = ("sqrt", "log", "log1p", "reciprocal")
MEANS, MAXIMA = {"count_include_pad": True}, {"return_indices": False}
EXTREMES = ("maximum", "minimum")
ONE_LAYER = {"num_layers": 1, "bidirectional": False, "dropout": 0.0}

# --- numbers


def elementwise(draft):
    x = draft.operand()
    is_positive = (draft.values[x] >= 1 / 16).all()
    functions = SMOOTH + OF_POSITIVE if is_positive else SMOOTH
    draft.step("elementwise", x, function=draft.one_of(functions))


def elementwise2(draft):
    x = draft.operand()
    functions = ("add", "mul", "sub", *EXTREMES, "div")
    function = draft.one_of(functions)
    other = draft.partner(x)
    divides = (abs(draft.values[other]) >= 1 / 16).all()
    function = "mul" if function == "div" and not divides else function
    shapes = [draft.values[at].shape for at in (x, other)]
    without = []
    if np.broadcast_shapes(*shapes) != shapes[0] or function in EXTREMES:
        without.append("elementwise2_inplace")
    if function in EXTREMES:
        without.append("elementwise2_operator")
    draft.step("elementwise2", x, other, without=without, function=function)


def of_each(operation, **options):
    """A function of each number, or of each row."""
    return lambda draft: draft.step(operation, draft.operand(), **options)


def prelu(draft):
    x = draft.operand(2, 3, 4)
    draft.step("prelu", x, draft.input(draft.values[x].shape[1:2]))


def along_axis(operation, **options):
    def build(draft):
        x = draft.operand()
        draft.step(operation, x, dim=draft.axis(x), **options)

    return build


def reduction(operation):
    def build(draft):
        x = draft.operand()
        axis = draft.axis(x)
        dim = draft.one_of((axis, (axis,), None))
        draft.step(operation, x, dim=dim, keepdim=draft.one_of((False, True, True)))

    return build


def logsumexp(draft):
    x = draft.operand()
    draft.step("logsumexp", x, dim=draft.axis(x), keepdim=draft.one_of((False, True)))


# --- normalization


def layer_norm(draft):
    x = draft.operand()
    shape = draft.values[x].shape
    shape = shape[-draft.one_of((1, 2)) :]
    affine = [draft.optional(draft.input, shape) for _ in range(2)]
    draft.step("layer_norm", x, *affine, normalized_shape=shape, eps=0.5)


def batch_norm(draft):
    x = draft.operand(2, 3, 4)
    size = draft.values[x].shape[1:2]
    training = draft.one_of((False, False, True))
    running = [None, None]
    if not training:
        moments = draft.input(size), draft.positive(size)
        running = [draft.constant(moment) for moment in moments]
    affine = [draft.optional(draft.input, size) for _ in range(2)]
    draft.step("batch_norm", x, *running, *affine, training=training, eps=0.5)


# --- convolution and pooling


def convolution(axes):
    def build(draft):
        x = draft.operand(axes + 2)
        channels, *size = draft.values[x].shape[1:]
        kernel = [min(n, 1 + draft.pick(4 - axes)) for n in size]
        groups = draft.one_of([g for g in (1, 2, 3, 4) if channels % g == 0])
        filters = groups * draft.one_of((1, 2))
        weight = draft.input((filters, channels // groups, *kernel))
        bias = draft.optional(draft.input, (filters,))
        padding = tuple(draft.pick(2) if k > 1 else 0 for k in kernel)
        strides = (1, 2) if size[-1] >= kernel[-1] + 2 and not padding[-1] else (1,)
        draft.step(
            f"conv{axes}d",
            *(x, weight, bias),
            stride=(draft.one_of(strides),) * axes,
            padding=padding,
            dilation=(1,) * axes,
            groups=groups,
        )

    return build


def transposed_convolution(axes):
    def build(draft):
        x = draft.operand(axes + 2)
        channels, *size = draft.values[x].shape[1:]
        kernel = [1 + draft.pick(2) for _ in range(axes)]
        filters = 1 if axes == 2 else draft.one_of((1, 2))
        weight = draft.input((channels, filters, *kernel))
        bias = draft.optional(draft.input, draft.values[weight].shape[1:2])
        draft.step(
            f"conv_transpose{axes}d",
            *(x, weight, bias),
            stride=(draft.one_of((1, 2) if np.prod(size) <= 3 else (1,)),) * axes,
            padding=(0,) * axes,
            output_padding=(0,) * axes,
            groups=1,
            dilation=(1,) * axes,
        )

    return build


def depthwise_conv2d(draft):
    x = draft.operand(4)
    channels, *size = draft.values[x].shape[1:]
    kernel = [min(n, 1 + draft.pick(2)) for n in size]
    weight = draft.input((channels * draft.one_of((1, 2)), 1, *kernel))
    options = {"stride": (1, 1), "padding": (0, 0), "dilation": (1, 1)}
    draft.step("depthwise_conv2d", x, weight, None, **options)


def causal_conv1d(draft):
    x = draft.operand(3)
    weight = (1 + draft.pick(2), draft.values[x].shape[1], 1 + draft.pick(3))
    bias = draft.optional(draft.input, weight[:1])
    options = {"dilation": draft.one_of((1, 2)), "groups": 1}
    draft.step("causal_conv1d", x, draft.input(weight), bias, **options)


def pooling(operation, axes, **options):
    """Of windows of up to two pixels."""

    def build(draft):
        x = draft.operand(axes + 1, axes + 2)
        kernel = tuple(1 + draft.pick(2) for _ in range(axes))
        window = {"kernel_size": kernel, "stride": draft.one_of((None, (1,) * axes))}
        window |= {"padding": (0,) * axes, "ceil_mode": False}
        draft.step(operation, x, **window, **options)

    return build


def adaptive_pooling(operation, axes, **options):
    def build(draft):
        x = draft.operand(axes + 1, axes + 2)
        size = tuple(1 + draft.pick(3) for _ in range(axes))
        draft.step(operation, x, output_size=size, **options)

    return build


def global_pooling(operation):
    return lambda draft: draft.step(operation, draft.operand(3, 4))


def unfold(draft):
    x = draft.operand(4)
    kernel = tuple(min(n, 1 + draft.pick(2)) for n in draft.values[x].shape[2:])
    options = {"dilation": (1, 1), "padding": (0, draft.pick(2)), "stride": (1, 1)}
    draft.step("unfold", x, kernel_size=kernel, **options)


# --- products


def linear(draft):
    x = draft.operand()
    draft.need(draft.values[x].ndim)
    weight = draft.input((1 + draft.pick(4), draft.values[x].shape[-1]))
    bias = draft.optional(draft.input, draft.values[weight].shape[:1])
    draft.step("linear", x, weight, bias)


def product(operation, *ranks):
    """Of values, the last axis of one and the last but one of the other."""

    def build(draft):
        x = draft.operand(*ranks)
        *batch, _, inner = draft.values[x].shape
        other = draft.other((*batch, inner, 1 + draft.pick(3)))
        draft.step(operation, x, other)

    return build


def product_with_vector(operation, rank):
    def build(draft):
        x = draft.operand(rank)
        draft.step(operation, x, draft.other(draft.values[x].shape[-1:]))

    return build


def added_product(operation, rank):
    """Of matrices; addmv's second one is a vector."""

    def build(draft):
        x = draft.operand(rank)
        *batch, _, inner = draft.values[x].shape
        columns = (1 + draft.pick(3),) if operation != "addmv" else ()
        other = draft.other((*batch, inner, *columns))
        alphas = (1,) if draft.is_wild else (1, 2)  # any factor may be scaled first
        scales = {"beta": draft.one_of((1, 0.5)), "alpha": draft.one_of(alphas)}
        draft.step(operation, draft.input((1,)), x, other, **scales)

    return build


def attention(draft):
    query = draft.operand(2, 3, 4)
    shape = draft.values[query].shape
    key, value = draft.other(shape), draft.other(shape)
    options = {"is_causal": draft.one_of((False, True)), "scale": None}
    operands = query, key, value, None
    draft.step("scaled_dot_product_attention", *operands, **options, enable_gqa=False)


# --- losses


def loss(operation):
    def build(draft):
        x = draft.operand()
        target = draft.other(draft.values[x].shape)
        reduction = draft.one_of(("mean", "sum", "none"))
        draft.step(operation, x, target, reduction=reduction)

    return build


def loss_of_classes(operation, **options):
    def build(draft):
        x = draft.operand(2, 3, 4)
        batch, classes, *size = draft.values[x].shape
        target = draft.below(classes, (batch, *size))
        reduction = draft.one_of(("mean", "sum", "none"))
        kept = {"ignore_index": -100, "reduction": reduction}
        draft.step(operation, x, target, None, **kept, **options)

    return build


OPERATIONS = {
    "elementwise": elementwise,
    "elementwise2": elementwise2,
    "relu": of_each("relu"),
    "leaky_relu": of_each("leaky_relu", negative_slope=0.25),
    "elu": of_each("elu", alpha=0.5),
    "selu": of_each("selu"),
    "sigmoid": of_each("sigmoid"),
    "tanh": of_each("tanh"),
    "gelu": of_each("gelu", approximate="tanh"),
    "glu": along_axis("glu"),
    "prelu": prelu,
    "softmax": along_axis("softmax"),
    "log_softmax": along_axis("log_softmax"),
    "logsumexp": logsumexp,
    "tensor_sum": reduction("tensor_sum"),
    "tensor_mean": reduction("tensor_mean"),
    "amax": reduction("amax"),
    "amin": reduction("amin"),
    "layer_norm": layer_norm,
    "batch_norm": batch_norm,
    "conv1d": convolution(1),
    "conv2d": convolution(2),
    "conv_transpose1d": transposed_convolution(1),
    "conv_transpose2d": transposed_convolution(2),
    "depthwise_conv2d": depthwise_conv2d,
    "causal_conv1d": causal_conv1d,
    "unfold": unfold,
    "avg_pool1d": pooling("avg_pool1d", 1, **MEANS),
    "avg_pool2d": pooling("avg_pool2d", 2, **MEANS, divisor_override=None),
    "max_pool1d": pooling("max_pool1d", 1, **MAXIMA, dilation=(1,)),
    "max_pool2d": pooling("max_pool2d", 2, **MAXIMA, dilation=(1, 1)),
    "adaptive_avg_pool1d": adaptive_pooling("adaptive_avg_pool1d", 1),
    "adaptive_avg_pool2d": adaptive_pooling("adaptive_avg_pool2d", 2),
    "adaptive_max_pool1d": adaptive_pooling("adaptive_max_pool1d", 1, **MAXIMA),
    "adaptive_max_pool2d": adaptive_pooling("adaptive_max_pool2d", 2, **MAXIMA),
    "global_avg_pool": global_pooling("global_avg_pool"),
    "global_max_pool": global_pooling("global_max_pool"),
    "linear": linear,
    "matmul": product("matmul", 2, 3, 4),
    "mm": product("mm", 2),
    "bmm": product("bmm", 3),
    "mv": product_with_vector("mv", 2),
    "dot": product_with_vector("dot", 1),
    "addmv": added_product("addmv", 2),
    "addmm": added_product("addmm", 2),
    "baddbmm": added_product("baddbmm", 3),
    "scaled_dot_product_attention": attention,
    "masked_softmax": masked_along("masked_softmax"),
    "masked_mean": masked_along("masked_mean"),
    "inverted_dropout": masked("inverted_dropout", p=0.5, training=True),
    "rnn_cell": cell("rnn_cell", 1, 1, nonlinearity="tanh"),
    "gru_cell": cell("gru_cell", 3, 1, reset_after=True),
    "lstm_cell": cell("lstm_cell", 4, 2),
    "rnn": layer("rnn", 1, 1, **ONE_LAYER, nonlinearity="tanh"),
    "gru": layer("gru", 3, 1, **ONE_LAYER, reset_after=True),
    "lstm": layer("lstm", 4, 2, **ONE_LAYER),
    "resize": resize,
    "normalize_channels": normalize_channels,
    "horizontal_flip": horizontal_flip,
    "select": select,
    "slice_along": slice_along,
    "slice_scatter": slice_scatter,
    UPDATE: changed,
    "integer_index": integer_index,
    "batch_gather": batch_gather,
    "embedding": embedding,
    "masked_fill": masked_fill,
    "repeat_interleave": repeat_interleave,
    "cat": joined("cat"),
    "stack": joined("stack"),
    "chunk": pieces("chunk", "chunks"),
    "split": pieces("split", "split_size"),
    "tensor_split": pieces("tensor_split", "sections"),
    "pad": pad,
    "view": view,
    "flatten": flatten,
    "permute": permute,
    "transpose": transpose,
    "broadcast_tensors": broadcast_tensors,
    "mse_loss": loss("mse_loss"),
    "l1_loss": loss("l1_loss"),
    "binary_cross_entropy_with_logits": answers,
    "kl_div": kl_div,
    "nll_loss": loss_of_classes("nll_loss"),
    "cross_entropy": loss_of_classes("cross_entropy", label_smoothing=0.0),
}
"""Builders, by the operation."""
