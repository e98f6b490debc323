"""Softmax, cross-entropy and what they measure."""
