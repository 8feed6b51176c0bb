"""Writing: drafts, numbers, finalising, signing."""
