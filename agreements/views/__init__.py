"""Pages of the berita acara."""
