"""Run a command with PostgreSQL and Redis: given by URL, found on the standard ports, or started on private ones.

`python scripts/services.py -- pytest ...` sets TEST_DATABASE_URL and TEST_REDIS_URL. What cannot be had is an error.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import psycopg2
import redis

REDIS_DATABASE = 15


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def postgres_answers(url: str) -> bool:
    """Whether this role can connect and create databases."""
    try:
        with psycopg2.connect(url, connect_timeout=3) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
            row = cursor.fetchone()
            return bool(row and row[0])
    except psycopg2.Error:
        return False


def redis_answers(url: str) -> bool:
    """Whether a Redis is there."""
    try:
        return bool(redis.Redis.from_url(url, socket_connect_timeout=2, socket_timeout=2).ping())
    except redis.RedisError:
        return False


def apt_install(*packages: str) -> None:
    """Install system packages, as root only."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(f"Perlu {', '.join(packages)}. Jalankan sekali: sudo apt-get install {' '.join(packages)}")
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, stdin=subprocess.DEVNULL, env=environ)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    subprocess.run(install, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=environ)


def postgres_programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`, which Debian keeps off the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    program = shutil.which("initdb")
    return Path(program).parent if program else None


def start_postgres(stack: ExitStack) -> str:
    """Start a PostgreSQL of our own on a private port; it ends with us."""
    programs = postgres_programs()
    if programs is None:
        apt_install("postgresql")
        programs = postgres_programs()
    if programs is None:
        sys.exit("PostgreSQL tidak dapat dipasang.")
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rakortek-pg-", ignore_cleanup_errors=True)))
    port = free_port()

    def as_owner(*command: str) -> None:
        # PostgreSQL refuses to run as root.
        prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run([*prefix, *command], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd="/")

    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        folder.chmod(0o755)
    data = str(folder / "data")
    as_owner(str(programs / "initdb"), "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1"
    log = str(folder / "log")
    as_owner(str(programs / "pg_ctl"), "-D", data, "-o", options, "-w", "-l", log, "start")
    stack.callback(as_owner, str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop")
    return f"postgres://postgres@127.0.0.1:{port}/postgres"


def start_redis(stack: ExitStack) -> str:
    """Start a Redis of our own on a private port; it ends with us."""
    if not shutil.which("redis-server"):
        apt_install("redis-server")
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    stack.callback(process.wait)
    stack.callback(process.terminate)
    url = f"redis://127.0.0.1:{port}/{REDIS_DATABASE}"
    deadline = time.monotonic() + 10
    while not redis_answers(url):
        if time.monotonic() > deadline:
            sys.exit("Redis tidak menjawab dalam 10 detik.")
        time.sleep(0.1)
    return url


def find_postgres(stack: ExitStack) -> str:
    """The URL of a PostgreSQL where databases may be created."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        if not postgres_answers(given):
            sys.exit("DATABASE_URL: PostgreSQL tidak menjawab, atau perannya tidak boleh membuat basis data.")
        return given
    running = "postgres://postgres@127.0.0.1:5432/postgres"
    return running if postgres_answers(running) else start_postgres(stack)


def find_redis(stack: ExitStack) -> str:
    """The URL of a Redis database that tests may fill and empty."""
    given = os.environ.get("REDIS_URL", "")
    if given:
        if not redis_answers(given):
            sys.exit("REDIS_URL: Redis tidak menjawab.")
        return given
    running = f"redis://127.0.0.1:6379/{REDIS_DATABASE}"
    return running if redis_answers(running) else start_redis(stack)


def main() -> int:
    """Find or start both, run the command behind `--`, hand back its result."""
    command = sys.argv[sys.argv.index("--") + 1 :]
    with ExitStack() as stack:
        environ = {**os.environ, "TEST_DATABASE_URL": find_postgres(stack), "TEST_REDIS_URL": find_redis(stack)}
        for name in ("DATABASE_URL", "REDIS_URL"):
            environ.pop(name, None)
        return subprocess.run(command, env=environ).returncode


if __name__ == "__main__":
    sys.exit(main())
