"""Calls that the definition rejects: valid ones, with one thing changed."""

import numpy as np
from hypothesis import Phase, is_hypothesis_test

from properties import agreement
from properties.backends.isolation import Raised, WorkerDied
from properties.calls import Call
from properties.drawing import changed_settings
from properties.operations import agreements, arguments_of

OF_TORCH = (
    *("conv1d", "conv2d", "conv3d", "unfold", "fold", "linear", "pad"),
    *("conv_transpose1d", "conv_transpose2d", "conv_transpose3d"),
    *("avg_pool1d", "avg_pool2d", "avg_pool3d", "lp_pool2d"),
    *("max_pool1d", "max_pool2d", "max_pool3d"),
    *("max_unpool1d", "max_unpool2d", "max_unpool3d"),
    *("adaptive_avg_pool2d", "adaptive_avg_pool3d"),
    *("adaptive_max_pool2d", "adaptive_max_pool3d"),
    *("fractional_max_pool2d", "fractional_max_pool3d"),
    *("glu", "gelu", "prelu", "softmax", "log_softmax", "logsumexp"),
    *("binary_cross_entropy", "binary_cross_entropy_with_logits", "cross_entropy"),
    *("nll_loss", "l1_loss", "mse_loss", "embedding", "embedding_bag"),
    *("layer_norm", "batch_norm", "scaled_dot_product_attention"),
    *("arange", "eye", "masked_select", "one_hot", "repeat_interleave", "select"),
    *("slice_scatter", "cat", "chunk", "split", "stack", "tensor_split", "flatten"),
    *("broadcast_tensors", "addmm", "addmv", "baddbmm", "bmm", "dot", "matmul"),
    *("mm", "mv", "argmax", "tensor_mean", "tensor_sum"),
)
"""Operations that are torch's own, whose arguments it has to check itself."""

LARGE = 99
"""More than any axis of a small array has."""


def check_rejected(call, error):
    """Check that a backend raises an exception where the reference raised `error`.

    Raises:
        Disagreement: it gave a result, or died.
    """
    __tracebackhide__ = True
    backend = call.backend
    backend.ledger.operation = call.name
    backend.submit(call.name, call.tensors, call.options, None, call.varying)
    try:
        backend.result()
    except Raised:
        backend.ledger.count()
    except WorkerDied as death:
        backend.ledger.crashed = death.what
        call.fail(f"{death.what}, where the definition says: {error}")
    else:
        call.fail(f"it has a result, where the definition says: {error}")


def rejected_calls(backend, operation, examples):
    """Calls that the reference rejects, and with what ValueError: pairs."""
    for valid in valid_calls(backend, operation, examples):
        for tensors, options in mutants(valid):
            call = Call(backend, valid.function, tensors, options)
            with np.errstate(all="ignore"):
                try:
                    valid.function(*tensors, **options)
                except ValueError as error:
                    yield call, error
                except Exception as error:
                    call.fail(f"the reference raised {type(error).__name__}: {error}")


def valid_calls(backend, operation, examples):
    """Small calls that the properties of an operation make."""
    found = []
    hold, agreement.hold = agreement.hold, found.append
    phases = [Phase.generate]
    changes = {"max_examples": examples, "database": None, "phases": phases}
    try:
        for test in small_agreements(operation):
            with changed_settings(test, **changes):
                for arguments in arguments_of(test, operation):
                    test(backend=backend, **arguments)
    finally:
        agreement.hold = hold
    return [call for call in found if sum(map(size_of, call.tensors)) <= LARGE]


def size_of(tensor):
    return 0 if tensor is None else tensor.size


def small_agreements(operation):
    """Those of its agreements that draw their inputs, but for those on large arrays."""
    for test in agreements(operation):
        if "large" not in test.__name__ and is_hypothesis_test(test):
            yield test


def mutants(call):
    """A call's tensors and options, with one thing changed that may make them wrong."""
    for which, tensor in enumerate(call.tensors):
        for other in () if tensor is None else other_tensors(tensor):
            yield (
                [*call.tensors[:which], other, *call.tensors[which + 1 :]],
                call.options,
            )
    for name, option in call.options.items():
        for other in other_options(option):
            yield call.tensors, call.options | {name: other}


def other_tensors(tensor):
    """The tensor with an axis more or less, longer or shorter, or other numbers."""
    yield tensor[None]
    if tensor.ndim:
        yield tensor.reshape(tensor.shape[1:] if len(tensor) == 1 else (-1,))
    for axis, size in enumerate(tensor.shape):
        if size:
            yield np.concatenate([tensor, tensor.take([0], axis)], axis)
            yield tensor.take(range(size - 1), axis)
    if tensor.dtype.kind == "i" and tensor.size:
        for number in (-1, LARGE, -LARGE):
            other = tensor.copy()
            other.flat[-1] = number
            yield other


def other_options(option):
    """Another number, word, or count of numbers in the place of an option."""
    if isinstance(option, str):
        yield "nonesuch"
    elif isinstance(option, tuple):
        yield (*option, 1)
        if len(option) > 2:
            yield option[:-1]
        for which in range(len(option)):
            for other in other_options(option[which]):
                yield (*option[:which], other, *option[which + 1 :])
    elif isinstance(option, int) and not isinstance(option, bool):
        yield from (-1, 0, LARGE, -LARGE)
    elif isinstance(option, float):
        yield from (-1.0, float("nan"))
