"""The overview of a round: completeness, progress, and the gap to the nation. Every number is a filter, and the filter is the list behind it."""
