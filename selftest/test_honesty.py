"""No property passes when the backend that it is to judge only raises exceptions."""

import pytest

from properties.backends.backend import Backend, Framework
from properties.backends.isolation import Raised
from properties.calls import Disagreement
from properties.drawing import unshrunk
from properties.operations import agreements, arguments_of, held


@pytest.fixture(scope="module")
def framework():
    framework = Framework("torch")
    yield framework
    framework.close()


class Raiser(Backend):
    """A backend that never gives a result."""

    def submit(self, *call):
        pass

    submit_rows = submit

    def result(self):
        raise Raised("RuntimeError", "no result", "", False, False)


@pytest.mark.parametrize("operation", held())
def test_no_property_passes_on_a_raiser(framework, operation):
    """Each of them says that it raised."""
    for test in agreements(operation):
        for arguments in arguments_of(test, operation):
            backend = Raiser(framework, "cpu", "float32")
            with (
                unshrunk(test, 20),
                pytest.raises(Disagreement, match="it raised"),
            ):
                test(backend=backend, **arguments)
