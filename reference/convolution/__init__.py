"""Convolution and cross-correlation."""
