"""Settings of the tests: the portal's own, with a scratch folder, a quick password hash and TEST_DATABASE_URL."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

SCRATCH = Path(tempfile.mkdtemp(prefix="rakortek-test-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)
for name in ("DATABASE_URL", "REDIS_URL", "DEMO", "DEBUG", "HTTPS", "FILES_DIR", "QUEUE_DIR", "TRUSTED_PROXIES"):
    os.environ.pop(name, None)
os.environ.update(
    VAR_DIR=str(SCRATCH),
    SECRET_KEY="for tests only, long enough to be accepted by every check of Django",
    RECORD_KEY="for tests only, the key that seals a berita acara",
)

from rakortek.settings import *  # noqa: E402, F403
from rakortek.settings import DATABASES, STORAGES  # noqa: E402

if os.environ.get("TEST_DATABASE_URL"):
    from rakortek.env import database_from

    DATABASES["default"] = database_from(os.environ["TEST_DATABASE_URL"])
else:
    # A file, not memory: threads and processes of a test then see one database with the real locking.
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}
STATIC_ROOT = SCRATCH / "static"
STATIC_ROOT.mkdir()
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
AXES_ENABLED = False
# Read when forgotten, never by the clock: the queries of a page are counted.
ANNOUNCEMENT_SECONDS = 3600
