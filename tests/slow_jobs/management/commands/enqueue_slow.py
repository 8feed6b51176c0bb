"""Ask for one slow job, as a request would."""

from django.core.management.base import BaseCommand

from core.jobs import enqueue


class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.add_argument("log")
        parser.add_argument("seconds", type=float)

    def handle(self, *args, **options):
        enqueue("test.slow", "one", {"log": options["log"], "seconds": options["seconds"]}, None)
