"""Optimisers: how parameters, learning rates and gradients change, step by step."""
