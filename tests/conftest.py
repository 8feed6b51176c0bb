"""What every test may use."""

pytest_plugins = ["tests.plugins", "tests.services"]
