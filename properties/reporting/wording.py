"""How a failure message shows an input."""

import numpy as np

LINES, MOST = 6, 64
"""An input of more lines or numbers is not shown whole in a failure message."""


def written(tensor):
    """An input as a failure message shows it: whole where that takes few lines."""
    if tensor is None:
        return "None"
    text = text_of(tensor)
    if tensor.size <= 4 and "\n" not in text:
        return text
    if tensor.size > MOST or text.count("\n") >= LINES:
        text = text_of(tensor.ravel(), threshold=LINES)
    return f"shape {tensor.shape}\n      {text}"


def text_of(tensor, threshold=MOST):
    """The numbers, each with all its digits, without empty lines."""
    style = {"separator": ", ", "floatmode": "unique", "prefix": " " * 6}
    text = np.array2string(tensor, threshold=threshold, **style)
    return "\n".join(filter(None, text.splitlines()))
