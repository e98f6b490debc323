"""What a model loses, and what its weights cost."""
