from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "planning"
    verbose_name = "Perencanaan"

    def ready(self) -> None:
        """Let the search find what this app knows."""
        from planning import search  # noqa: F401
