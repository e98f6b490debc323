"""Padding of sequences, masks, and embeddings."""
