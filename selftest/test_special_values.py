"""What loses a special number, or spreads NaN over gradients, is found."""

from itertools import product

import numpy as np
import pytest

from properties.arithmetic.precision import FLOAT32
from properties.calls import Disagreement
from properties.known_issues.special_values import GRADIENTS_LEFT_OUT, LEFT_OUT
from properties.operations import TWINS, operations, signature
from properties.special_values import check_special, special_calls
from selftest.fake import Fake

MANY = 3_000
"""Examples of a property: in some of the calls that are made for so many, what is
changed is the number that the result depends on."""

LOSES = {
    "NaN is 0": lambda a: np.where(np.isnan(a), 0.0, a),
    "infinity is the largest": lambda a: np.clip(a, -FLOAT32.largest, FLOAT32.largest),
    "subnormals are 0": lambda a: np.where(abs(a) < FLOAT32.smallest_normal, 0.0, a),
    "-0 is 0": lambda a: a + 0.0,
}
"""What faulty implementations make of their inputs."""

COMPUTES = (
    *("relu", "leaky_relu", "softmax", "log_softmax", "logsumexp", "cross_entropy"),
    *("max_pool2d", "avg_pool2d", "conv2d", "linear", "layer_norm", "mse_loss"),
    *("tensor_sum", "tensor_mean", "amax", "cdist", "matmul", "lstm_cell"),
)
KEEPS = ("relu", "max_pool2d", "amax", "sort", "transpose", "embedding", "tensor_sum")
MOVES = ("transpose", "flatten", "cat", "pad", "elementwise", "vertical_flip")
FAULTS = [
    *[("NaN is 0", name) for name in COMPUTES],
    *[("infinity is the largest", name) for name in COMPUTES],
    *[("subnormals are 0", name) for name in KEEPS],
    *[("-0 is 0", name) for name in MOVES],
]


SPREADS = (
    *("relu", "max_pool2d", "softmax", "log_softmax", "cross_entropy", "embedding"),
    *("layer_norm", "avg_pool2d", "mse_loss", "lstm_cell", "sort", "matmul", "cat"),
)
"""Operations that leave gradients finite beside a number that is not."""

STOPS = (
    *("softmax", "log_softmax", "cross_entropy", "layer_norm"),
    *("linear", "matmul", "mse_loss", "conv2d", "lstm_cell", "cdist"),
)
"""Operations whose gradients a NaN reaches."""


class Losing(Fake):
    """A backend that is right but for what it makes of the numbers it is given."""

    def __init__(self, name, loses):
        super().__init__()
        self.knows(operations()[name])
        self.loses = loses

    def implements(self, operation):
        return True

    def submit(self, operation, tensors, options, weights, varying):
        given = [
            tensor if tensor is None or tensor.dtype.kind != "f" else self.loses(tensor)
            for tensor in tensors
        ]
        given = [ieee(t) if varies else t for t, varies in zip(given, varying)]
        self.knows(operations()[operation])
        super().submit(operation, given, options, weights, varying)


def ieee(array):
    """The numbers as NumPy's, which divide by 0 as IEEE 754 has it."""
    numbers = np.empty(array.shape, object)
    numbers[...] = np.frompyfunc(np.float64, 1, 1)(array)
    return numbers


class Spreading(Losing):
    """A backend whose gradients are NaN, all of them, if one number of inputs is."""

    def submit(self, operation, tensors, *others):
        super().submit(operation, tensors, *others)
        if any(t is not None and np.isnan(t).any() for t in tensors):
            self.change(lambda gradient: np.full(gradient.shape, np.nan))

    def change(self, change):
        """Make other gradients."""
        results, gradients = self.parts
        changed = [part and (change(part[0]), part[1]) for part in gradients]
        self.parts = [results, changed]


class Stopping(Spreading):
    """A backend whose gradients are 0 where they are to be NaN."""

    def submit(self, operation, tensors, *others):
        Losing.submit(self, operation, tensors, *others)
        self.change(lambda gradient: np.where(np.isnan(gradient), 0.0, gradient))


def checked(name, loses, kind=Losing):
    """Hold an operation with a fault to the definition: so many calls were compared."""
    backend = kind(name, loses)
    for call in special_calls(backend, name, MANY):
        check_special(call)
    return backend.ledger.examples


@pytest.mark.parametrize(("fault", "name"), FAULTS)
def test_what_loses_a_special_number_is_found(fault, name):
    with pytest.raises(Disagreement, match=r"(result|gradient).* wrong"):
        checked(name, LOSES[fault])


@pytest.mark.parametrize(
    ("kind", "name"),
    [*product([Spreading], SPREADS), *product([Stopping], STOPS)],
)
def test_what_spreads_nan_over_gradients_or_stops_it_is_found(kind, name):
    with pytest.raises(Disagreement, match=r"gradient of .* wrong"):
        checked(name, np.array, kind)


@pytest.mark.parametrize("name", sorted({name for _, name in FAULTS}))
def test_a_right_operation_conforms(name):
    assert checked(name, np.array) > 30


@pytest.mark.parametrize(
    "row", [*LEFT_OUT, *GRADIENTS_LEFT_OUT], ids=lambda row: row.reason
)
def test_what_is_left_out_is_of_operations_and_their_tensors(row):
    for way in row.operations:
        names, _ = signature(operations()[TWINS.get(way, way)])
        what = row.numbers[0], next(iter(row.dtypes), "float32")
        assert any(row.concerns(way, name, *what) for name in names)
