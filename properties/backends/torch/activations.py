"""reference/activations.py on PyTorch."""

from torch import sigmoid  # noqa: F401
