"""Reads that join or aggregate, split like the services: stages, consent, item, room, talk."""
