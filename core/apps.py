from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Inti"

    def ready(self) -> None:
        """Say what is wrong without the word "bidang", which here means a bidang urusan."""
        from django.forms import Field

        Field.default_error_messages["required"] = "Wajib diisi."
