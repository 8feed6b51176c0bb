from django.apps import AppConfig


class DesksConfig(AppConfig):
    name = "desks"
    verbose_name = "Desk"

    def ready(self) -> None:
        """Load the table of permissions."""
        from desks import rules  # noqa: F401
