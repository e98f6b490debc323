"""Mutants that are no faults, each with the reason why no call can tell."""

from selftest.measure.equivalent import (
    attention,
    images,
    layers,
    models,
    parts,
    ranks,
    sequences,
    sliding,
    training,
)

FILES = (
    *(parts, models, attention, images, sliding, sequences, layers, training),
    ranks,
)
EQUIVALENT = {mutant: why for file in FILES for mutant, why in file.EQUIVALENT.items()}
