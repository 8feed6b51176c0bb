"""Health of the web container: its own page and the database, not the other containers."""

import sys
import urllib.request

REQUEST = urllib.request.Request("http://127.0.0.1:8000/healthz/?web=1", headers={"Host": "localhost"})  # noqa: S310
with urllib.request.urlopen(REQUEST, timeout=4) as answer:  # noqa: S310 - a fixed address
    sys.exit(answer.status != 200)
