"""The measured lines. Each module: NAME and run(bench) → results; bench.context.LINES lists them with their databases."""
