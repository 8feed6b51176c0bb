from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Akun dan lembaga"

    def ready(self) -> None:
        """Load the table of permissions."""
        from accounts import rules  # noqa: F401
