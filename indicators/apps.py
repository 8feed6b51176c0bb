from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "indicators"
    verbose_name = "Indikator"

    def ready(self) -> None:
        """Let the search find what this app knows."""
        from indicators import search  # noqa: F401
