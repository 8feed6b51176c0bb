"""A weak link for browser tests: a TCP proxy before the portal that drops saves before they arrive, or their answers after they were committed."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from tests.browser.staging import Stage

SAVE = b"POST /api/v1/simpan/ "
KEY = re.compile(rb"\r\nidempotency-key: (\w+)\r\n", re.IGNORECASE)
LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)


@dataclass
class Link:
    """What becomes of saves: `well`, `lost` (dropped on the way there) or `unanswered` (committed, then dropped on the way back)."""

    upstream: int
    saves: str = "well"
    sent: list[tuple[str, bytes]] = field(default_factory=list)
    """Key and body of every save that left the browser."""

    def carry(self, client: socket.socket) -> None:
        """One connection of the browser, for as long as it lasts."""
        with client, socket.create_connection(("127.0.0.1", self.upstream)) as server:
            cut = threading.Event()
            threading.Thread(target=self._back, args=(server, client, cut), daemon=True).start()
            with suppress(OSError):
                while head := _request(client):
                    if head.startswith(SAVE):
                        key = KEY.search(head)
                        assert key
                        self.sent.append((key[1].decode(), head.partition(b"\r\n\r\n")[2]))
                        if self.saves == "lost":
                            break
                        if self.saves == "unanswered":
                            cut.set()
                    server.sendall(head)
            _end(client, server)

    def _back(self, server: socket.socket, client: socket.socket, cut: threading.Event) -> None:
        with suppress(OSError):
            while data := server.recv(65536):
                # The answer is written after the commit: its first byte here says that the server is done.
                if cut.is_set():
                    break
                client.sendall(data)
        _end(client, server)


def _request(client: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        more = client.recv(65536)
        if not more:
            return b""
        data += more
    length = LENGTH.search(data)
    body = int(length[1]) if length else 0
    while len(data.partition(b"\r\n\r\n")[2]) < body:
        data += client.recv(65536)
    return data


def _end(*sockets: socket.socket) -> None:
    for each in sockets:
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)


@dataclass
class Behind(Stage):
    """A portal reached over a weak link."""

    link: Link = field(default_factory=lambda: Link(0))
    port: int = 0

    @property
    def url(self) -> str:
        """Where the link begins."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def weak_link(stage: Stage) -> Iterator[Behind]:
    """The portal behind a link that can be cut."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        link = Link(stage.portal.port)

        def serve() -> None:
            with suppress(OSError):
                while True:
                    client, _ = door.accept()
                    threading.Thread(target=link.carry, args=(client,), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield Behind(stage.portal, stage.facts, link, door.getsockname()[1])
