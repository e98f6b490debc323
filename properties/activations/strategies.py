"""Arrays for functions of one number."""

from hypothesis import strategies as st

from properties.strategies import codes, per_axis

SHORT = [(33,), (3, 2), (2, 1, 3), (4,), (), (0,), (65,), (2, 2)]
ROWS = st.sampled_from([*SHORT, *SHORT, (1025,)])
"""Shapes: small ones, and rows that fill a kernel's vectors but for one number."""

SMALL = per_axis(2, 1, 4)

SLOPES = st.sampled_from([0.01, -0.5, 2.0, 0.0, 1.0, 0.25])
"""Slopes below 0: backends have to take them, whatever they are good for."""

SLOPES_OR_ZERO = st.one_of(SLOPES, st.just(0))
"""Of the integer 0 a compiler knows that nothing is left, be it wrong."""


def tiny(shape):
    """Numbers around 0, some so small that a half or their exponential is not them."""
    return codes(shape).map(lambda code: (code.astype(float) - 128) * 2.0**-20)
