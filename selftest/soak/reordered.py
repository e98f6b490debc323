"""The reference as a backend whose sums run in another order: see deferred.py."""

from functools import partial, wraps

import numpy as np

from properties.arithmetic.taped import differentiate
from properties.operations import operations
from selftest.soak.deferred import deferred_numbers


def backend(order):
    """What a module that is a backend holds: every operation, and `gradient`."""
    functions = {
        name: reordered(function, order) for name, function in operations().items()
    }
    return functions | {"gradient": partial(gradient, order)}


def reordered(function, order):
    """An operation on arrays of numbers whose sums are taken in an order.

    Object arrays, of numbers on a tape, are taken and given back as they are.
    """

    @wraps(function)
    def operation(*tensors, **options):
        if any(is_of(tensor, "O") for tensor in tensors):
            return function(*tensors, **options)
        dtypes = {tensor.dtype for tensor in tensors if is_of(tensor, "f")}
        if not dtypes:
            return function(*tensors, **options)
        (dtype,) = dtypes
        results = function(*[deferred(t, order, dtype) for t in tensors], **options)
        if isinstance(results, tuple):
            return tuple(stored(result, dtype) for result in results)
        return stored(results, dtype)

    return operation


def gradient(order, function, tensors, cotangents):
    """Differentiate Σ cotangent · result by floating tensors, by the tape."""
    dtype = tensors[0].dtype
    weights = [w if w is None else deferred(w, order, dtype) for w in cotangents]
    leaves = [deferred(tensor, order, dtype) for tensor in tensors]
    _, gradients = differentiate(function, leaves, lambda i, shape: weights[i])
    return [stored(gradient, dtype) for gradient in gradients]


def is_of(tensor, kind):
    return tensor is not None and tensor.dtype.kind == kind


def deferred(tensor, order, dtype):
    """An array's numbers as ones that are added up in an order; others as they are."""
    if not is_of(tensor, "f"):
        return tensor
    lift = np.frompyfunc(deferred_numbers(order, dtype).of, 1, 1)
    result = np.empty(tensor.shape, object)
    result[...] = lift(tensor)
    return result


def stored(result, dtype):
    """The values of an array's numbers, added up and rounded to the dtype."""
    result = np.asarray(result)
    return result.astype(dtype) if result.dtype.kind in "fO" else result
