"""Search for probable sequences, where each token depends on those before it."""
