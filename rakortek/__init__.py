"""Portal Rakortekrenbang: settings, routes and the Celery application. No rule lives here."""

from rakortek.celery import app as celery_app

__all__ = ["celery_app"]
