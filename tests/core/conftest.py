"""Property tests on a shared machine: no time limit per example, no files left behind."""

from hypothesis import settings

settings.register_profile("portal", deadline=None, database=None)
settings.load_profile("portal")
