"""Pooling: maxima, means and norms of windows, bins and regions of interest."""
