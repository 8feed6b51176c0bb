"""Files made from a sheet."""
