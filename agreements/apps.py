from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "agreements"
    verbose_name = "Kesepakatan"

    def ready(self) -> None:
        """Load the table of permissions, who may read which file, and what Home asks of us."""
        from agreements import files, rules, search  # noqa: F401
        from agreements.selectors import left, waiting  # noqa: F401
