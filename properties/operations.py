"""Which operations there are: the public functions of reference/."""

import importlib
import inspect
import pkgutil
from functools import cache
from itertools import product

import reference
from properties.backends.program import PROGRAM

SHARED = (
    "reference.architectures.rectified",
    "reference.arguments",
    "reference.boxes.geometry",
    "reference.evaluation.sentences",
    "reference.exponentials",
    "reference.normalisation.moments",
    "reference.numbers",
    "reference.optimisers.rates",
    "reference.optimisers.updates",
    "reference.pooling.regions",
    "reference.recurrent.recurrence",
    "reference.reductions",
    "reference.residuals",
    "reference.search.tables",
    "reference.tables",
    "reference.targets",
    "reference.windows",
)
"""Modules of parts that several families use."""

OPTIMISERS = {
    "sgd": ("foreach", "fused", "fused_strided", "fused_tensor_lr", "resumed"),
    "accumulating_sgd": ("foreach", "fused"),
    "adagrad": ("foreach", "fused", "fused_strided", "resumed"),
    "rmsprop": ("foreach", "resumed"),
    "adam": ("foreach", "fused", "fused_strided", "fused_tensor_lr", "resumed"),
    "adamw": ("foreach", "fused"),
    "step_lr": ("closed", "tensor", "resumed", "reloaded"),
    "multi_step_lr": ("closed", "tensor", "resumed", "reloaded"),
    "linear_lr": ("lambda",),
    "chained_linear_lr": ("tensor", "resumed", "reloaded"),
    "chained_polynomial_lr": ("tensor", "resumed", "reloaded"),
    "chained_cosine_annealing_lr": ("tensor", "resumed", "reloaded"),
    "clip_grad_norm": ("foreach",),
    "clip_grad_value": ("foreach",),
}
"""Optimisers, schedules and clippings, and other ways of torch to each of them."""

TENSORS = {
    "dot": ("strided",),
    "mm": ("transposed",),
    "addmm": ("transposed",),
    "baddbmm": ("transposed",),
    "matmul": ("strided",),
    "tensor_sum": ("permuted",),
    "argmax": ("permuted", "computed"),
    "slice_along": ("copied",),
    "slice_scatter": ("view", "overwritten"),
    "masked_select": ("brackets",),
    "masked_fill": ("brackets", "where"),
    "batch_gather": ("gather",),
    "view": ("reshape", "contiguous"),
    "new_full": ("like",),
    "elementwise": ("inplace", "strided"),
    "elementwise2": ("inplace", "operator"),
}
"""Operations on tensors, and layouts and ways of torch to each of them."""

TWINS = {
    "conv2d_module": "conv2d",
    "data_parallel_gradient_by_shards": "data_parallel_gradient",
    "reduce_scatter_gloo": "reduce_scatter",
    **{
        f"{name}_gloo{layout}": name
        for name in (
            *("all_reduce", "all_gather"),
            *("broadcast_from", "reduce_to", "scatter_from"),
        )
        for layout in ("", "_strided")
    },
    "masked_max_prototype": "masked_max",
    "masked_mean_prototype": "masked_mean",
    "masked_softmax_prototype": "masked_softmax",
    "masked_cross_entropy_weighted": "masked_cross_entropy",
    **{f"batch_norm_{way}": "batch_norm" for way in ("module", "strided", "mixed")},
    "backpropagate_data": "backpropagate",
    "backpropagate_no_grad": "backpropagate",
    "mlp_traced": "mlp",
    "batch_norm_backward_autograd": "batch_norm_backward",
    "moving_averages_module": "moving_averages",
    "fuse_conv_bn_eval": "fuse_conv_bn_weights",
    "fuse_linear_bn_weights": "fuse_conv_bn_weights",
    "layer_norm_module": "layer_norm",
    "layer_norm_strided": "layer_norm",
    "transformer_encoder_layer_fast_path": "transformer_encoder_layer",
    "transformer_encoder_nested": "transformer_encoder",
    "scaled_dot_product_attention_math": "scaled_dot_product_attention",
    "scaled_dot_product_attention_transposed": "scaled_dot_product_attention",
    "scaled_dot_product_attention_composed": "scaled_dot_product_attention",
    "self_attention_fast_path": "self_attention",
    **{f"{name}_{way}": name for name, ways in OPTIMISERS.items() for way in ways},
    "gaussian_kl_distributions": "gaussian_kl",
    "gaussian_log_likelihood_distributions": "gaussian_log_likelihood",
    **{f"inverted_dropout_{w}": "inverted_dropout" for w in ("random", "module")},
    "inverted_dropout_inplace": "inverted_dropout",
    "resize_channels_last": "resize",
    "shift_right_inplace": "shift_right",
    "relu_inplace": "relu",
    "relu_strided": "relu",
    "leaky_relu_inplace": "leaky_relu",
    "prelu_module": "prelu",
    "prelu_channels_last": "prelu",
    "elu_inplace": "elu",
    "selu_inplace": "selu",
    **{f"{name}_{way}": name for name, ways in TENSORS.items() for way in ways},
    "max_pool1d_with_gradient": "max_pool1d",
    "max_unpool2d_channels_last": "max_unpool2d",
    **{f"{cell}_cell_module": f"{cell}_cell" for cell in ("rnn", "lstm", "gru")},
    **{f"{layers}_cell_by_cell": layers for layers in ("rnn", "lstm", "gru")},
    "lstm_inference": "lstm",
    **{
        f"{pool}{n}d_channels_last": f"{pool}{n}d"
        for pool in ("max_pool", "avg_pool", "adaptive_max_pool", "adaptive_avg_pool")
        for n in (2, 3)
    },
}
"""Other ways of backends to an operation, by name: what is true of it is of them."""


@cache
def operations():
    """Every public function of every family, by name."""
    found = {}
    for part in pkgutil.walk_packages(reference.__path__, "reference."):
        if part.name in SHARED:
            continue
        module = importlib.import_module(part.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                found[name] = function
    return found


def ways(operation):
    """The names of all ways to an operation, the first its own."""
    return [operation, *[twin for twin, of in TWINS.items() if of == operation]]


@cache
def signature(function):
    """Names of a function's tensors, which are positional, and of its options."""
    parameters = inspect.signature(function).parameters.values()
    tensors = [p.name for p in parameters if p.kind is not p.KEYWORD_ONLY]
    return tensors, [p.name for p in parameters if p.kind is p.KEYWORD_ONLY]


@cache
def tensor_names(function, count):
    """Name the tensors of a call: those of *weights are weights[0], weights[1], …"""
    parameters = inspect.signature(function).parameters.values()
    names = [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
    several = [p.name for p in parameters if p.kind is p.VAR_POSITIONAL]
    names += [f"{name}[{i}]" for name in several for i in range(count - len(names))]
    return tuple(names[:count])


def operation_of(test):
    """The operation that a property is about: test_conv2d_is_… is about conv2d.

    Programs of several operations count as one more.
    """
    words = test.__name__.removeprefix("test_").split("_")
    starts = ["_".join(words[:count]) for count in range(len(words), 0, -1)]
    return next((s for s in starts if s in operations() or s == PROGRAM), None)


def family_of(operation):
    """The folder that an operation, or another way to one, is in."""
    return operations()[TWINS.get(operation, operation)].__module__.split(".")[1]


def tests_beside(operation):
    """All laws and properties of the module that an operation is in."""
    *_, family, module = operations()[operation].__module__.split(".")
    tests = importlib.import_module(f"properties.{family}.test_{module}")
    return [test for name, test in vars(tests).items() if name.startswith("test_")]


def agreements(operation):
    """The properties that hold a backend to an operation."""
    for test in tests_beside(operation):
        if "agrees_with_backend" in test.__name__ and operation_of(test) == operation:
            yield test


@cache
def held():
    """The names of the operations that a property holds backends to."""
    return [name for name in sorted(operations()) if any(agreements(name))]


def held_ways():
    """The names of all ways to the operations that backends are held to."""
    return [way for name in held() for way in ways(name)]


def arguments_of(test, way):
    """What pytest calls a property with, besides a backend, for a way: dictionaries."""
    choices = [
        [row for row in rows_of(*mark.args) if row.get("way", way) == way]
        for mark in getattr(test, "pytestmark", [])
        if mark.name == "parametrize"
    ]
    return [
        {k: v for row in rows for k, v in row.items()} for rows in product(*choices)
    ]


def rows_of(names, values):
    """The arguments that a mark of pytest's stands for: dictionaries."""
    names = names.split(",") if isinstance(names, str) else names
    for value in values:
        row = getattr(value, "values", value) if len(names) > 1 else [value]
        yield dict(zip(map(str.strip, names), row))
