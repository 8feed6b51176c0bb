"""A whole example round, invented with a fixed seed and marked *simulasi* throughout; `manage.py load_demo` loads it."""
