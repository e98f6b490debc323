"""reference/activations.py on SciPy."""

from scipy.special import expit as sigmoid  # noqa: F401
