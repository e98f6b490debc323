"""Right one-file implementations, and subtle faults to plant in them, by family."""
