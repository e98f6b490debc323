"""What is noted of each example."""

import contextlib

import numpy as np
import pytest

from properties.agreement import agree
from properties.calls import Disagreement
from selftest.fake import Fake, drop, put
from selftest.test_agreement import product


def test_the_share_of_what_disagrees_is_noted_once():
    """After those of the examples before it; others come of shrinking it"""
    backend = Fake().knows(product)

    def try_with(fault):
        backend.fault = fault
        with contextlib.suppress(Disagreement):
            agree(backend, product, np.array([0.5]), np.array([1.5]))
        return backend.ledger.shares

    assert try_with(put(0.75)) == [0.0]
    assert try_with(put(0.76))[1:] == [pytest.approx(0.01 / 0.75 * 2**24, rel=1e-6)]
    assert len(try_with(put(0.77))) == 2
    assert len(try_with(put(0.75))) == 3
    assert backend.ledger.share == 0


@pytest.mark.parametrize("fault", [put(np.nan), put(1e-9, part=1), drop(0, 0)])
def test_the_share_of_what_has_no_bound_is_infinite(fault):
    backend = Fake(fault).knows(product)
    with pytest.raises(Disagreement):
        agree(backend, product, np.zeros(1), np.zeros(1))
    assert backend.ledger.shares == [np.inf]
