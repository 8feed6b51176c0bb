"""Pages about people: the way in, the koordinator's list, one's own profile."""
