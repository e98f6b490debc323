"""Normalization: of features over a batch, of channels, of tokens."""
