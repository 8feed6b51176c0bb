from django.apps import AppConfig


class DesksConfig(AppConfig):
    name = "desks"
    verbose_name = "Desk"

    def ready(self) -> None:
        """Load the table of permissions, and what Home asks of the desks."""
        from desks import files, helpdesk_rules, rules, search  # noqa: F401
        from desks.selectors import (  # noqa: F401
            reports,  # noqa: F401
            waiting_centre,
            waiting_region,
            waiting_setup,
        )
        from desks.services import successors  # noqa: F401
