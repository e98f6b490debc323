"""Generative models: likelihoods that add up, bounds on them, codes, and games."""
