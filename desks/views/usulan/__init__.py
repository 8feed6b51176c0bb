"""Pages of usulan: filing (Isian and the page of a row), the board of a desk, acts in the room."""
