"""Long random runs: several real processes act through the services on one small round, are killed at random, and every promise is
checked afterwards. `python -m bench.soak` runs it; docs/soak.md keeps the last result."""
