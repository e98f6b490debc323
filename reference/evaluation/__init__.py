"""Measures of how good a model is: of sequences, of classes, of boxes."""
