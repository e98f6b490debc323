"""Attention: values averaged by how well their keys meet a query."""
