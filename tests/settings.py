"""Settings of the test run: the portal's own, with nothing outside the process and nothing slow on purpose.

`TEST_DATABASE_URL` names another database; without it the tests run on SQLite in memory.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_ROOT = Path(tempfile.mkdtemp(prefix="rakortek-uji-"))
atexit.register(shutil.rmtree, _ROOT, ignore_errors=True)

os.environ["VAR_DIR"] = str(_ROOT)
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or f"sqlite://{_ROOT / 'uji.sqlite3'}"
for _name in ("DEBUG", "DEMO", "HTTPS", "REDIS_URL", "FILES_DIR", "QUEUE_DIR", "EMAIL_BACKEND", "TRUSTED_PROXIES"):
    os.environ.pop(_name, None)
    os.environ.pop(f"{_name}_FILE", None)

from rakortek.settings import *  # noqa: E402, F403

SECRET_KEY = "kunci-uji-bukan-rahasia"
RECORD_KEY = "kunci-catatan-uji-bukan-rahasia"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(_ROOT / "media")},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = _ROOT / "static"
STATIC_ROOT.mkdir()
AXES_ENABLED = False
