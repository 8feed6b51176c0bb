from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "planning"
    verbose_name = "Perencanaan"

    def ready(self) -> None:
        """Let the search find what this app knows, and files ask who reads them."""
        from planning import files, search  # noqa: F401
