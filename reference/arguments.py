"""Checks of arguments that several families share."""

from collections.abc import Sequence

import numpy as np


def per_axis(
    name: str, value: int | Sequence[int], axes: int, *, least: int
) -> tuple[int, ...]:
    """Give an option one whole number per axis: 2 means (2, 2) on two axes.

    Raises:
        ValueError: another count than `axes`, a number that is not whole,
            or one below `least`.
    """
    numbers = (value,) * axes if isinstance(value, int) else tuple(value)
    if len(numbers) != axes:
        raise ValueError(f"{name} is {value!r}; it takes one number, or {axes}")
    if any(number != int(number) or number < least for number in numbers):
        raise ValueError(f"{name} is {value!r}; each number must be whole, ≥ {least}")
    return tuple(int(number) for number in numbers)


def check_least(least: int, **numbers: int) -> None:
    """Check that numbers, called by their names, are at least `least`.

    Raises:
        ValueError: one is below it.
    """
    for name, number in numbers.items():
        if number < least:
            raise ValueError(f"{name} is {number}; it must be at least {least}")


def same_rank(first: np.ndarray, second: np.ndarray, names: str) -> int:
    """Return the number of axes that two arrays share.

    Raises:
        ValueError: they have different numbers of axes.
    """
    if first.ndim != second.ndim:
        raise ValueError(
            f"{names} have shapes {first.shape} and {second.shape}; "
            "they must have as many axes as each other"
        )
    return first.ndim


def exact_rank(name: str, array: np.ndarray, axes: str) -> None:
    """Check that an array has as many axes as `axes` names, "batch channels length".

    Raises:
        ValueError: it has another number of axes.
    """
    if array.ndim != len(axes.split()):
        raise ValueError(f"{name} has shape {array.shape}; its axes must be ({axes})")


def check_channels(in_channels: int, channels: int, filters: int, groups: int) -> None:
    """Check that filters of `channels` channels, in groups, fit an image.

    Raises:
        ValueError: groups do not divide the channels or the filters, or a filter
            has another number of channels than one group of the image.
    """
    if groups < 1 or in_channels % groups or filters % groups:
        raise ValueError(
            f"groups is {groups}; it must divide {in_channels} channels "
            f"and {filters} filters"
        )
    if channels * groups != in_channels:
        raise ValueError(
            f"filters have {channels} channels; {in_channels} channels in "
            f"{groups} groups need {in_channels // groups}"
        )


def check_transposed_channels(in_channels: int, filters: int, groups: int) -> None:
    """Check that a transposed convolution's weight fits its input.

    Raises:
        ValueError: groups do not divide the channels, or the weight is for another
            number of them.
    """
    if groups < 1 or in_channels % groups:
        raise ValueError(f"groups is {groups}; it must divide {in_channels} channels")
    if filters != in_channels:
        raise ValueError(f"weight is for {filters} channels, input has {in_channels}")


def same_shape(names: str, first: np.ndarray, second: np.ndarray) -> None:
    """Check that two arrays have the same shape.

    Raises:
        ValueError: they have not.
    """
    if first.shape != second.shape:
        raise ValueError(
            f"{names} have shapes {first.shape} and {second.shape}; "
            "they must have the same"
        )


def check_values(key: np.ndarray, value: np.ndarray) -> None:
    """Check that there is a value for each key.

    Raises:
        ValueError: their shapes differ in more than the features.
    """
    if key.shape[:-1] != value.shape[:-1]:
        raise ValueError(
            f"key has shape {key.shape}, value {value.shape}; they must have the same "
            "but for their features"
        )


def along(input: np.ndarray, dim: int) -> np.ndarray:
    """View an array as rows along the axis dim: that axis last.

    Raises:
        ValueError: dim is not an axis of input.
    """
    if not -input.ndim <= dim < input.ndim:
        raise ValueError(f"dim is {dim}; input has {input.ndim} axes")
    return np.moveaxis(input, dim, -1)
