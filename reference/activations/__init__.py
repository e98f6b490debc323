"""Activation functions, one number at a time."""
