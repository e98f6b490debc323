"""Which operations decide the sign of a zero.

A sum or a product of several numbers may begin at 0 or at −0, and of 0 and −0 either
is the greater: there a right implementation may give either zero. Not so where a
number is only moved, nor where IEEE 754-2019 says the sign (6.3) or C's Annex F does
(F.10): of one sum, difference, product or quotient, and of functions of one number.
"""

from properties.operations import TWINS

MOVES = {
    *("cat", "stack", "split", "chunk", "tensor_split"),
    *("flatten", "view", "permute", "transpose", "broadcast_tensors"),
    *("select", "slice_along", "slice_scatter", "integer_index", "batch_gather"),
    *("masked_fill", "masked_select", "repeat_interleave"),
    *("new_full", "tensor_of", "type_as"),
    *("pad", "unfold", "im2col", "zero_insert", "recentered_weight"),
    *("weight_from_channels_last", "weight_to_channels_last"),
    *("transpose_qkv", "transpose_output", "flatten_pred", "concat_preds"),
    *("crop", "horizontal_flip", "vertical_flip"),
    *("embedding", "pad_sequence", "unpad_sequence", "lagged_features"),
    *("max_unpool1d", "max_unpool2d", "max_unpool3d", "reuse_rows"),
    *("all_gather", "broadcast_from", "scatter_from"),
}
"""Operations whose results are numbers of their inputs, and constants."""

FUNCTIONS = {
    "tanh": (),
    "elementwise": (
        *("neg", "abs", "exp", "log", "sqrt", "sin", "cos", "tanh", "expm1", "log1p"),
        *("reciprocal", "square"),
    ),
    "elementwise2": ("add", "sub", "mul", "div"),
}
"""Operations on each number by itself; and with which functions, if they have any."""


def has_signs(operation, options):
    """Whether it is decided which sign the zeros of a result have.

    Args:
        operation: its name, or that of one of the ways to it.
    """
    operation = TWINS.get(operation, operation)
    if operation in MOVES:
        return True
    if operation not in FUNCTIONS:
        return False
    return "function" not in options or options["function"] in FUNCTIONS[operation]
