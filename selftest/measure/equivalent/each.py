"""How equivalent mutants are written down."""


def each(place, before, why, *after):
    """The same reason for several mutants of one line."""
    return {f"{place}: {before} → {mutant}": why for mutant in after}
