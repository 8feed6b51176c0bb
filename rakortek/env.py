"""Reading settings from the environment: loud on nonsense, `NAME_FILE` beside `NAME`."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

TRUE = {"1", "true", "yes", "ya", "on"}
FALSE = {"0", "false", "no", "tidak", "off", ""}


class SettingError(ValueError):
    """An environment variable holds something the portal cannot use."""


def env_str(name: str, default: str = "") -> str:
    """The text of `name`, or the content of the file that `name_FILE` points to."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def env_bool(name: str, default: bool = False) -> bool:
    """A yes or no; anything else stops the start."""
    raw = env_str(name, "1" if default else "0").strip().lower()
    if raw in TRUE:
        return True
    if raw in FALSE:
        return False
    raise SettingError(f"{name}={raw!r}: write 1 or 0")


def env_int(name: str, default: int) -> int:
    """A whole number; anything else stops the start."""
    raw = env_str(name, str(default)).strip()
    try:
        return int(raw)
    except ValueError:
        raise SettingError(f"{name}={raw!r}: write a whole number") from None


def env_list(name: str, default: str = "") -> list[str]:
    """Comma-separated words, blanks dropped."""
    return [word.strip() for word in env_str(name, default).split(",") if word.strip()]


def env_key(name: str, var_dir: Path) -> str:
    """A secret key: from the environment, else from `var/`, where it is made once with mode 0600."""
    given = env_str(name)
    if given:
        return given
    path = var_dir / f"{name.lower()}.txt"
    if not path.exists():
        var_dir.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text(encoding="utf-8").strip()
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text(encoding="utf-8").strip()


def database_from(url: str) -> dict[str, object]:
    """Django's database settings from `sqlite:///path` or `postgres://user:password@host:port/name`."""
    from urllib.parse import parse_qsl, unquote, urlsplit

    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) if parts.path.startswith("//") else unquote(parts.path),
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
                    "PRAGMA mmap_size=134217728;PRAGMA cache_size=-32000;"
                ),
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            # Compiling a plan for the processor costs more than any query of a page, and the planner overrates those with many joins.
            "OPTIONS": {"options": "-c jit=off", **dict(parse_qsl(parts.query))},
        }
    raise SettingError(f"DATABASE_URL: unknown scheme {parts.scheme!r}")
