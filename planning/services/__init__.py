"""Writing of planning: tags of priority trees, documents with their lines."""
