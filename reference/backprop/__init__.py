"""Gradients by graphs, and the networks that they are taken of."""
