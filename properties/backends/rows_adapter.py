"""The worker's side of calls on large arrays: all of them stays with the framework."""

from functools import partial

import numpy as np

from properties.backends.adapter import (
    Adapter,
    Modified,
    cotangent,
    dtype_name,
    in_tuple,
    merged,
    quietly,
    same,
)
from properties.backends.large import PERIOD, Rows, table

AT_ONCE = 2**24
"""Numbers that are looked at together, where all of an array are."""


class RowsAdapter(Adapter):
    """A backend's module, called with large arrays too, that are made where it runs."""

    def __init__(self, name):
        super().__init__(name)
        self.tiled = self.hook("tiled", None)

    @quietly
    def evaluate_rows(self, name, device, dtype, tensors, options, rows, seed, varying):
        """Call one operation on large arrays, and keep a few rows of what comes out.

        Args:
            tensors: `Rows`, which are made here, and arrays that all rows share.
            rows: which are kept; the gradient is that of them alone.
            seed: of the gradient's weights, None for no gradient.

        Returns:
            As `call`, but for each part (of the rows alone, dtype, whole shape, whether
            all else is zero).

        Raises:
            Modified: one of the tensors is no longer what it was.
            WrongType: a result is no tensor.
        """
        tensor_of = partial(self.tensor_of, device=device, dtype=dtype)
        inputs = [tensor_of(tensor) for tensor in tensors]
        function = partial(self.function(name), **options)
        results = in_tuple(function(*inputs))
        parts = [
            (*self.part(index, result, tensor_of, rows), True)
            for index, result in enumerate(results)
        ]
        del results
        for which, (tensor, array) in enumerate(zip(inputs, tensors)):
            if array is not None and not self.is_left(tensor, array, dtype):
                raise Modified(which)
        if seed is None or not any(varying):
            return parts, []
        weights = [
            tensor_of(cotangent((seed, None), index, few.shape, dtype))
            if few.dtype.kind == "f"
            else None
            for index, (few, *_) in enumerate(parts)
        ]
        return parts, self.gradients(function, inputs, varying, weights, rows, tensors)

    def tensor_of(self, array, *, device, dtype):
        """A tensor of an array, or of all rows of one."""
        if array is None:
            return None
        if not isinstance(array, Rows):
            return self.to_tensor(array, device, dtype)
        if self.tiled is None:
            return self.to_tensor(array.made(dtype), device, dtype)
        numbers = np.roll(table(dtype, array.below), -array.seed)
        return self.tiled(self.to_tensor(numbers, device, dtype), array.shape)

    def part(self, index, result, tensor_of, rows):
        """A few rows of a result or gradient, its dtype, and the shape of it all."""
        if not isinstance(result, type(tensor_of(np.zeros(1)))):
            array, dtype = self.array(index, result, tensor_of)
            return array, dtype, array.shape
        few = self.to_numpy(result[present(result, rows)] if result.ndim else result)
        return few, dtype_name(result), tuple(result.shape)

    def is_left(self, tensor, array, dtype):
        """Whether an input holds the numbers that it was made of."""
        if not isinstance(array, Rows):
            return same(self.to_numpy(tensor), array)
        together = PERIOD * max(1, AT_ONCE // (PERIOD * width(array.shape)))
        first = array.at(range(min(together, len(array))), dtype)
        made = self.to_numpy(self.to_tensor(first, "cpu", dtype))
        return all(
            np.array_equal(bits_of(part), bits_of(made[: len(part)]))
            for part in self.parts(tensor, together)
        )

    def parts(self, tensor, together):
        """The arrays of so many rows at a time."""
        for start in range(0, tensor.shape[0], together):
            yield self.to_numpy(tensor[start : start + together])

    def gradients(self, function, inputs, varying, weights, rows, tensors):
        """Gradients by the inputs, of a few rows of the results."""

        def few_of(*variables):
            results = in_tuple(function(*merged(inputs, varying, variables)))
            return tuple(r[present(r, rows)] if r.ndim else r for r in results)

        variables = [t for t, varies in zip(inputs, varying) if varies]
        found = iter(self.module.gradient(few_of, variables, weights))
        return [
            self.gradient_part(next(found), tensor, rows) if varies else None
            for varies, tensor in zip(varying, tensors)
        ]

    def gradient_part(self, gradient, tensor, rows):
        if gradient is None:
            return None
        dtype, shape = dtype_name(gradient), tuple(gradient.shape)
        if not isinstance(tensor, Rows):
            return self.to_numpy(gradient), dtype, shape, True
        few = self.to_numpy(gradient[present(gradient, rows)])
        together = max(1, AT_ONCE // width(shape))
        count = sum(map(np.count_nonzero, self.parts(gradient, together)))
        return few, dtype, shape, count == np.count_nonzero(few)


def present(tensor, rows):
    """Those of some rows that a tensor has."""
    return np.array([row for row in rows if row < tensor.shape[0]], int)


def bits_of(array):
    """The bits of all numbers: comparing them takes a tenth of what numbers do."""
    return np.ascontiguousarray(array).reshape(-1).view(f"u{array.itemsize}")


def width(shape):
    """How many numbers there are in a row of an array, or 1 in empty ones."""
    return max(1, int(np.prod(shape[1:])))
