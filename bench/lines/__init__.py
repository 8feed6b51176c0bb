"""The measured lines. Each module: NAME, ON (the databases it runs on, () for none), run(bench) → results."""
