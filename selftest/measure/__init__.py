"""How much does the suite catch? Faults are planted, and kills are counted.

`python -m selftest.measure` (or `tox run -e measure`) prints a table for each family;
see `--help`.
"""
