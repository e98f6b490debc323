"""Blocks of convolutional networks, and networks made of them."""
