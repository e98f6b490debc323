"""Parts of tensors: by numbers, slices, arrays of numbers, and masks."""

import numpy as np

from reference.arguments import along, check_least, same_shape


def select(input: np.ndarray, *, dim: int, index: int) -> np.ndarray:
    """Take what is at one place of an axis, which is dropped: input[index].

        y[…] = input[…, index, …];    −1 is the last place, −n the first

    Shapes:
        input   any number of axes, one at least
        result  input's axes without dim, input's dtype

    Raises:
        ValueError: dim is not an axis of input, or index is not in [−n, n).

    Source: PyTorch's documentation of torch.select.
    """
    rows = along(input, dim)
    n = rows.shape[-1]
    if not -n <= index < n:
        raise ValueError(f"index is {index}; it must be in [{-n}, {n})")
    return rows[..., index % n].copy()


def slice_along(
    input: np.ndarray, *, dim: int, start: int, stop: int, step: int
) -> np.ndarray:
    """Take every step-th place of an axis from start up to stop: [start:stop:step].

        y[…, k, …] = input[…, start + k · step, …],    start + k · step < stop
        start and stop count from the end if they are negative, and are cut to [0, n].

    Shapes:
        input   any number of axes
        result  as input, but for dim; input's dtype

    Raises:
        ValueError: dim is not an axis of input, or step is below 1: PyTorch's tensors
            have no negative strides, as NumPy's arrays have.

    Source: PyTorch's documentation of tensor indexing; Python's of slices.
    """
    places = _places(along(input, dim).shape[-1], start, stop, step)
    return np.take(input, places, axis=dim)


def slice_scatter(
    input: np.ndarray, src: np.ndarray, *, dim: int, start: int, stop: int, step: int
) -> np.ndarray:
    """Write into a slice, and look at the whole: a slice is a view.

        y[…, start + k · step, …] = src[…, k, …], and input elsewhere

    Shapes:
        input   any number of axes
        src     as `slice_along` gives it
        result  as input, input's dtype

    Raises:
        ValueError: as of `slice_along`, or src is not of the slice's shape.

    Source: PyTorch's documentation of torch.slice_scatter.
    """
    rows = along(input, dim)
    places = _places(rows.shape[-1], start, stop, step)
    same_shape("src and the slice", src, np.take(input, places, axis=dim))
    y = rows.copy()
    for k, place in enumerate(places):
        y[..., place] = np.moveaxis(src, dim, -1)[..., k]
    return np.moveaxis(y, -1, dim)


def integer_index(input: np.ndarray, *indices: np.ndarray) -> np.ndarray:
    """Look up elements, or parts, by an array of places for each of the first axes.

        y[n, …] = input[indices[0][n], indices[1][n], …]
        indices broadcast; they are not a grid: [0, 1], [0, 1] is a diagonal.

    Shapes:
        input    any number of axes
        indices  ints, as many arrays as input has axes at most, that broadcast to *size
        result   (*size, *the other axes of input), input's dtype

    Raises:
        ValueError: there are no indices, or too many, they do not broadcast, or one
            is not in [−n, n).

    Source: PyTorch's documentation of tensor indexing; NumPy's of advanced indexing.
    """
    if not 0 < len(indices) <= input.ndim:
        raise ValueError(f"there are {len(indices)} indices, of {input.ndim} axes")
    for index, n in zip(indices, input.shape):
        if not ((-n <= index) & (index < n)).all():
            raise ValueError(f"indices are {index}; they must be in [{-n}, {n})")
    wide = np.broadcast_arrays(*indices)
    y = np.zeros((*wide[0].shape, *input.shape[len(indices) :]), input.dtype)
    for n in np.ndindex(wide[0].shape):
        y[n] = input[tuple(int(index[n]) for index in wide)]
    return y


def masked_select(input: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """List the elements that a mask shows, row after row.

        y = [input[i] for i in reading order if mask[i]]

    Shapes:
        input, mask  the same
        result       (how many mask shows), input's dtype

    Raises:
        ValueError: input and mask have different shapes.

    Source: PyTorch's documentation of torch.masked_select.
    """
    same_shape("input and mask", input, mask)
    shown = [input[i] for i in np.ndindex(input.shape) if mask[i]]
    y = np.zeros(len(shown), input.dtype)
    for k, number in enumerate(shown):
        y[k] = number
    return y


def masked_fill(input: np.ndarray, mask: np.ndarray, *, value: float) -> np.ndarray:
    """Put one number where a mask shows: input[mask] = value.

        y[i] = value where mask[i], else input[i]

    Shapes:
        input, mask  the same
        result       as input, input's dtype

    Raises:
        ValueError: input and mask have different shapes.

    Source: PyTorch's documentation of torch.Tensor.masked_fill_.
    """
    same_shape("input and mask", input, mask)
    y = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(input.shape):
        y[i] = value if mask[i] else input[i]
    return y


def batch_gather(input: np.ndarray, positions: np.ndarray) -> np.ndarray:
    """Take some places of each sequence of a batch, each its own.

        y[b, k, …] = input[b, positions[b, k], …]

    Shapes:
        input      (batch, places, *size)
        positions  (batch, count), ints in [0, places)
        result     (batch, count, *size), input's dtype

    Raises:
        ValueError: shapes do not fit each other, or a position is not in its range.

    Source: Zhang et al., "Dive into Deep Learning", MaskLM, by batch_idx.
    """
    if input.ndim < 2 or positions.ndim != 2 or len(input) != len(positions):
        raise ValueError(
            f"input and positions have shapes {input.shape} and {positions.shape}; "
            "they must be (batch, places, …) and (batch, count)"
        )
    if ((positions < 0) | (positions >= input.shape[1])).any():
        raise ValueError(f"positions are {positions}; there are {input.shape[1]}")
    y = np.zeros((*positions.shape, *input.shape[2:]), input.dtype)
    for b, k in np.ndindex(positions.shape):
        y[b, k] = input[b, positions[b, k]]
    return y


def repeat_interleave(input: np.ndarray, *, repeats: int, dim: int) -> np.ndarray:
    """Repeat each place of an axis, one after the other.

        y[…, k, …] = input[…, ⌊k / repeats⌋, …]

    Shapes:
        input   any number of axes
        result  as input, but for dim: repeats times as long; input's dtype

    Raises:
        ValueError: dim is not an axis of input, or repeats is below 0.

    Source: PyTorch's documentation of torch.repeat_interleave.
    """
    check_least(0, repeats=repeats)
    n = along(input, dim).shape[-1]
    return np.take(input, [k // repeats for k in range(n * repeats)], axis=dim)


def one_hot(input: np.ndarray, *, num_classes: int) -> np.ndarray:
    """Put a vector with a single 1 in the place of each number.

        y[…, k] = 1 if k = input[…], else 0

    Shapes:
        input   any, ints in [0, num_classes)
        result  (*input, num_classes), ints

    Raises:
        ValueError: a number is not in [0, num_classes).

    Source: PyTorch's documentation of torch.nn.functional.one_hot.
    """
    if ((input < 0) | (input >= num_classes)).any():
        raise ValueError(f"input is {input}; it must be in [0, {num_classes})")
    y = np.zeros((*input.shape, num_classes), np.int64)
    for i in np.ndindex(input.shape):
        y[*i, input[i]] = 1
    return y


def _places(n: int, start: int, stop: int, step: int) -> list[int]:
    """The places of a slice of n."""
    check_least(1, step=step)
    first, last = (min(max(k + n if k < 0 else k, 0), n) for k in (start, stop))
    return [*range(first, last, step)]
