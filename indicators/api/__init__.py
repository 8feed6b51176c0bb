"""The API of what is written and measured: documents, figures, indicators, priority trees. Reading only."""
