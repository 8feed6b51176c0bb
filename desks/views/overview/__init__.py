"""Pages of the overview of a round."""
