"""Measurements of the budgets (`python -m bench`) and long random runs (`python -m bench.soak`). Needs no pytest."""
