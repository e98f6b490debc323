"""Activation functions as SciPy has them."""

from scipy import special

sigmoid = special.expit
