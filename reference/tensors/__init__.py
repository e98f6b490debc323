"""Tensors: products, reductions, selections, joining and splitting."""
