"""What loses a NaN, an infinity or a subnormal number is found."""

import numpy as np
import pytest

from properties.arithmetic.precision import FLOAT32
from properties.calls import Disagreement
from properties.known_issues.special_values import LEFT_OUT
from properties.operations import agreements, operations, signature
from properties.special_values import check_special, special_calls
from selftest.fake import Fake, replace


class Offering(Fake):
    """A backend that implements what it is asked for."""

    def implements(self, operation):
        return operation == self.function.__name__


FAULTS = {
    "NaN is 0": lambda a: np.where(np.isnan(a), 0.0, a),
    "infinity is the largest": lambda a: np.clip(a, -FLOAT32.largest, FLOAT32.largest),
    "subnormals are 0": lambda a: np.where(abs(a) < FLOAT32.smallest_normal, 0.0, a),
}

each_operation = pytest.mark.parametrize(
    "name", ["tensor_sum", "transpose", "vertical_flip"]
)


def checked(name, fault):
    """Hold an operation with a fault to the definition: so many calls were compared."""
    backend = Offering(replace(0, 0, lambda array, dtype: (fault(array), dtype)))
    backend.knows(operations()[name])
    for call in special_calls(backend, name, 5, 99):
        check_special(call)
    return backend.ledger.examples


@each_operation
@pytest.mark.parametrize("fault", FAULTS)
def test_what_loses_a_special_number_is_found(name, fault):
    with pytest.raises(Disagreement, match="result is wrong"):
        checked(name, FAULTS[fault])


@each_operation
def test_a_right_operation_conforms(name):
    assert checked(name, lambda array: array) > 5


@pytest.mark.parametrize("row", LEFT_OUT, ids=lambda row: row.reason)
def test_what_is_left_out_is_of_operations_and_their_tensors(row):
    for operation in row.operations:
        names, _ = signature(operations()[operation])
        what = row.numbers[0], next(iter(row.dtypes), "float32")
        assert any(row.concerns(operation, name, *what) for name in names)
        assert any(agreements(operation))
