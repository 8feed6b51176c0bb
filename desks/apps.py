from django.apps import AppConfig


class DesksConfig(AppConfig):
    name = "desks"
    verbose_name = "Desk"

    def ready(self) -> None:
        """Load the table of permissions, and what Home asks of the desks."""
        from desks import rules  # noqa: F401
        from desks.selectors import waiting_centre, waiting_region  # noqa: F401
