"""Equivalent mutants that ask whether two numbers of axes are one object, not equal.

An array has 64 axes at most, and CPython has one object for each number up to 256.
"""

RANKS = (
    (
        "reference.arguments.exact_rank",
        "if array.ndim != len(axes.split()):",
        "if array.ndim is not len(axes.split()):",
    ),
    (
        "reference.attention.scaled_dot_product._check",
        "if query.ndim < 2 or query.ndim != key.ndim or not same:",
        "if query.ndim < 2 or query.ndim is not key.ndim or not same:",
    ),
    (
        "reference.recurrent.recurrence.check_sequence",
        "if state is not None and state.ndim != input.ndim:",
        "if state is not None and state.ndim is not input.ndim:",
    ),
    (
        "reference.pooling.regions.bins",
        "if len(counts) != axes:",
        "if len(counts) is not axes:",
    ),
    (
        "reference.tensors.layout.permute",
        "if sorted(axes) != [*range(input.ndim)] or len(axes) != len(dims):",
        "if sorted(axes) != [*range(input.ndim)] or len(axes) is not len(dims):",
    ),
    (
        "reference.tensors.reductions._rows",
        "if len({*axes}) < len(axes):",
        "if len({*axes}) is not len(axes):",
    ),
)
"""The function, its line, and the mutant's."""

EQUIVALENT = {
    f"{place}: {before} → {mutant}": "a number of axes is a small one"
    for place, before, mutant in RANKS
}
