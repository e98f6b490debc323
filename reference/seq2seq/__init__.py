"""Encoders and decoders: from one sequence to another, and what training takes."""
