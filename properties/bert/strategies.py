"""Inputs that several heads of BERT use."""

from hypothesis import strategies as st

from properties.strategies import whole_numbers

SIZES = st.sampled_from(
    [(2, 3, 4, 3), (1, 2, 33, 2), (3, 2, 1, 2), (1, 1, 3, 33), (33, 2, 2, 1)] * 2
    + [(1, 33, 2, 2), (0, 2, 3, 2), (2, 1, 2, 65), (1, 1, 65, 1)]
)
"""Tuples of batch, length, features and classes."""


BIASES = st.sampled_from([(True, True), (False, True), (True, False)])
"""Whether the first of two layers has a bias, and whether the second has."""


@st.composite
def heads(draw, elements, classes=None):
    """Vectors of tokens, a weight, and a bias or None."""
    batch, length, features, outputs = draw(SIZES)
    outputs = classes or outputs
    x = draw(elements((batch, length, features)))
    weight = draw(elements((outputs, features)))
    has_bias, _ = draw(BIASES)
    return x, weight, draw(elements((outputs,))) if has_bias else None


@st.composite
def two_layers(draw, elements):
    """Vectors of tokens, and the weights and biases of two layers."""
    batch, length, features, hidden = draw(SIZES)
    (classes,) = draw(whole_numbers((1, 3)))
    x = draw(elements((batch, length, features)))
    shapes = [(hidden, features), (hidden,), (classes, hidden), (classes,)]
    biases = draw(BIASES)
    weights = [draw(elements(shape)) for shape in shapes]
    return (
        *(x, weights[0], weights[1] if biases[0] else None),
        *(weights[2], weights[3] if biases[1] else None),
    )
