"""The Celery application. The job row is the truth; a message is only a hint that one is waiting."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rakortek.settings")

app = Celery("rakortek")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
