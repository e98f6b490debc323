"""Mutants that are no faults, each with the reason why no call can tell."""

EQUIVALENT = {}
