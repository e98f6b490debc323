"""Tensors and options of a call, with one thing changed that may make them wrong."""

import numpy as np

LARGE = 99
"""More than any axis of a small array has."""

EXTREMES = (2**31, -(2**31), 2**63 - 1, -(2**63))
"""Where 32 and 64 bits of a size, an index or a product of them end."""


def mutants(inputs, options, kept=()):
    """What is changed, inputs and options: another tensor, or another option, in turn.

    Args:
        inputs: tensors by name.
        kept: names of what is not changed; "weights" is that of weights[0] as well.
    """
    tensors = [tensor for tensor in inputs.values() if tensor is not None]
    sizes = {size for tensor in tensors for size in tensor.shape}
    for name, tensor in inputs.items():
        if name.partition("[")[0] not in kept:
            for other in tensors if tensor is None else other_axes(tensor):
                yield f"axes of {name}", inputs | {name: other}, options
            for other in () if tensor is None else with_other_numbers(tensor, sizes):
                yield f"numbers of {name}", inputs | {name: other}, options
    for name, others in with_other_counts(inputs, kept):
        yield f"count of {name}", others, options
    for name, option in options.items():
        for other in () if name in kept else other_options(option):
            yield name, inputs, options | {name: other}


def with_other_counts(inputs, kept):
    """Inputs of which one of any number of tensors is left out, or twice there."""
    names = [*inputs]
    name, bracket, count = names[-1].partition("[") if names else ("", "", "")
    if bracket and name not in kept:
        yield name, {other: inputs[other] for other in names[:-1]}
        yield name, inputs | {f"{name}[{int(count[:-1]) + 1}]": inputs[names[-1]]}


def other_axes(tensor):
    """None; the tensor with an axis more at an end, less, longer or shorter."""
    yield None
    yield tensor[None]
    yield tensor[..., None]
    yield tensor.reshape(tensor.shape[1:] if tensor.shape[:1] == (1,) else (-1,))
    if tensor.size:
        yield tensor.flat[0].reshape(())
    if tensor.ndim > 1 and tensor.shape != tensor.shape[::-1]:
        yield tensor.T
    for axis, size in enumerate(tensor.shape):
        if size:
            yield np.concatenate([tensor, tensor.take([0], axis)], axis)
            yield tensor.take(range(size - 1), axis)
        if size > 1:
            yield tensor.take([], axis)


def with_other_numbers(tensor, sizes):
    """The tensor with another number in its first or last place.

    Args:
        sizes: of axes, to which an index may point.
    """
    for number in other_numbers(tensor.dtype, sizes) if tensor.size else ():
        for place in {0, tensor.size - 1}:
            other = tensor.copy()
            other.flat[place] = number
            yield other


def other_numbers(dtype, sizes):
    """Numbers that a dtype has, and are perhaps no index, length or probability."""
    if dtype.kind == "f":
        return (-1.0, 0.0, 1.0, 2.0, float("nan"))
    if dtype.kind != "i":
        return ()
    ends = {end for size in sizes for end in (size, size + 1, -size - 1)}
    numbers = (-1, LARGE, -LARGE, *EXTREMES, *sorted(ends - {-1}))
    limits = np.iinfo(dtype)
    return [number for number in numbers if limits.min <= number <= limits.max]


def other_options(option):
    """Another number, word, or count of numbers in the place of an option."""
    if isinstance(option, bool):
        yield not option
    elif isinstance(option, str):
        yield from ("nonesuch", "")
    elif isinstance(option, tuple | list):
        yield from other_sequences(option)
    elif isinstance(option, int):
        yield from (-1, 0, LARGE, -LARGE, *EXTREMES)
    elif isinstance(option, float):
        yield from (-1.0, 0.0, 2.0, float("nan"), float("inf"), float("-inf"))


def other_sequences(option):
    """One number more, fewer or none, one twice, or another one in some place."""
    kind = type(option)
    yield kind([*option, 1])
    yield kind([*option[:1], *option])
    yield kind([])
    if len(option) > 2:
        yield option[:-1]
    for which in range(len(option)):
        for other in other_options(option[which]):
            yield kind([*option[:which], other, *option[which + 1 :]])


def extreme_options(options):
    """The names of options that are, or hold, one of the EXTREMES."""
    return [
        name
        for name, option in options.items()
        if any(part in EXTREMES for part in parts_of(option))
    ]


def has_long_count(options):
    """Whether an option is, or holds, 2³¹ or more: as many steps have no end."""
    return any(
        isinstance(part, int) and part >= 2**31
        for option in options.values()
        for part in parts_of(option)
    )


def parts_of(option):
    """What an option of one or more parts is made of, in the end."""
    if not isinstance(option, tuple | list):
        return [option]
    return [part for piece in option for part in parts_of(piece)]
