"""Why more than a tenth of an operation's examples are undecidable, where they are."""

UNDECIDABLE = {
    "gumbel_max": "its maximum is taken of computed numbers, which tie within rounding",
}
