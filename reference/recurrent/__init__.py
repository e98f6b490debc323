"""Recurrent networks: one map, applied again and again to its own result."""
