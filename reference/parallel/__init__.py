"""Training by several workers at once, and matrix products by many cells."""
