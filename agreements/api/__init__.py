"""The API of agreements: reading only."""
