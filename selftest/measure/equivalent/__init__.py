"""Mutants that are no faults, each with the reason why no call can tell."""

from selftest.measure.equivalent import models, parts

EQUIVALENT = {**parts.EQUIVALENT, **models.EQUIVALENT}
