"""What Transformers are made of."""
