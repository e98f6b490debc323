"""Lawbook's options, profiles and hooks: properties/plugin.py.

A plugin, so that `pip install -e .` makes pytest know them wherever it is called.
"""

pytest_plugins = ["properties.plugin"]
