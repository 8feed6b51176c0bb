"""The API of the desks: the same services as the pages."""
