from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "agreements"
    verbose_name = "Kesepakatan"

    def ready(self) -> None:
        """Load the table of permissions and who may read which file."""
        from agreements import files, rules  # noqa: F401
