"""Text and language models: tokens, counts, probabilities of sequences, batches."""
