"""What loses a NaN, an infinity, a subnormal number or a sign of zero is found."""

import numpy as np
import pytest

from properties.arithmetic.precision import FLOAT32
from properties.calls import Disagreement
from properties.known_issues.special_values import LEFT_OUT
from properties.operations import TWINS, operations, signature
from properties.special_values import check_special, special_calls
from selftest.fake import Fake

MANY = 30
"""Valid calls: in some, what is changed is the number that the result depends on."""

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


class Losing(Fake):
    """A backend that is right but for what it makes of the numbers it is given."""

    def __init__(self, name, loses):
        super().__init__()
        self.knows(operations()[name])
        self.loses = loses

    def implements(self, operation):
        return True

    def submit(self, operation, tensors, *others):
        given = [
            tensor if tensor is None or tensor.dtype.kind != "f" else self.loses(tensor)
            for tensor in tensors
        ]
        self.knows(operations()[operation])
        super().submit(operation, given, *others)


def checked(name, loses):
    """Hold an operation with a fault to the definition: so many calls were compared."""
    backend = Losing(name, loses)
    for call in special_calls(backend, name, MANY, 99):
        check_special(call)
    return backend.ledger.examples


@pytest.mark.parametrize(("fault", "name"), FAULTS)
def test_what_loses_a_special_number_is_found(fault, name):
    with pytest.raises(Disagreement, match=r"result.* wrong"):
        checked(name, LOSES[fault])


@pytest.mark.parametrize("name", sorted({name for _, name in FAULTS}))
def test_a_right_operation_conforms(name):
    assert checked(name, np.array) > MANY


@pytest.mark.parametrize("row", LEFT_OUT, ids=lambda row: row.reason)
def test_what_is_left_out_is_of_operations_and_their_tensors(row):
    for way in row.operations:
        names, _ = signature(operations()[TWINS.get(way, way)])
        what = row.numbers[0], next(iter(row.dtypes), "float32")
        assert any(row.concerns(way, name, *what) for name in names)
