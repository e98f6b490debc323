"""What each operation is: loops that a student can read, one folder per family.

Everything here runs on NumPy scalars of any kind (float64, Fraction, bounded, taped):
a function allocates its result with the dtype of its inputs and never asks which it is.
"""
