"""Pages of indicators: figures, documents with their figures, priority trees."""
