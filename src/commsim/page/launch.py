"""Start the page's server on this machine, and open it in the browser."""

import asyncio
import logging
import socket
import threading
import webbrowser
from collections.abc import Callable
from typing import ClassVar

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from commsim.core.errors import InputError
from commsim.page.guard import Guard, bracketed
from commsim.page.house import House
from commsim.page.messages import MOST_BYTES

ANYWHERE = ("0.0.0.0", "::")
_CONNECTIONS = 64
_UNFINISHED = 32  # requests that may be half there; so many more than any browser has
HEARING = 10.0  # seconds that a request may take to come
_PATIENCE = 1  # seconds that visitors have to notice the end


def serve_page(
    make: Callable[[Guard, str], House],
    *,
    host: str,
    port: int,
    browser: bool,
    ready: Callable[[str], None],
    opened: str = "",
    connections: int = _CONNECTIONS,
) -> None:
    """Serve until Ctrl-C; ``ready`` hears the address.

    make: the server, of whom it lets in and its address.  opened: what the browser opens there.
    connections: at a time.  Raises InputError for a place that can't be had.
    """
    with _listen(host, port) as listener:
        found = listener.getsockname()[1]
        name = "127.0.0.1" if host in ANYWHERE else bracketed(host)
        address = f"http://{name}:{found}/"
        server = make(Guard(host, found), address)
        ready(address)
        if browser:
            threading.Thread(target=webbrowser.open, args=(address + opened,), daemon=True).start()
        _run(server, listener, connections)


def outside(address: str) -> str:
    """The address of a page, at which others reach it that is served to all; the same where none is known."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # of no machine; nothing is sent, but the way out is chosen
            own = probe.getsockname()[0]
        except OSError:
            return address
    return address.replace("127.0.0.1", own, 1)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_CONNECTIONS)
    except (OSError, TypeError, UnicodeError) as error:  # the last two for what can be no name of a host
        told = str(getattr(error, "strerror", error))
        reason = told.partition(" (while")[0]  # the rest repeats the address
        raise InputError(
            f"can't listen there: {reason}",
            where=f"{bracketed(host)}:{port}",
            remedy="give another --port (0 for any that is free) or --host",
        ) from error


def _worth_telling(record: logging.LogRecord) -> bool:
    """Whether whoever serves should read it: what a visitor sent in another encoding is not."""
    return not record.getMessage().startswith("Invalid UTF-8")


def _run(server: House, listener: socket.socket, connections: int) -> None:
    logging.getLogger("uvicorn.error").addFilter(_worth_telling)
    config = uvicorn.Config(
        server.app,
        http=Patient,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=connections,
        timeout_graceful_shutdown=_PATIENCE,
        ws_max_size=MOST_BYTES,
        ws_max_queue=8,
    )
    uvicorn.Server(config).run(sockets=[listener])


class Patient(H11Protocol):
    """A connection that is closed if its request never comes to an end, and so leaves room for others."""

    unfinished: ClassVar[dict["Patient", asyncio.TimerHandle]] = {}
    """Connections whose request is not whole yet, the oldest first."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request; where too many are waited for, the oldest has had its time."""
        super().connection_made(transport)
        self._await_request()

    def data_received(self, data: bytes) -> None:
        """Take in a part of a request, or the end of it."""
        super().data_received(data)
        talks = self.transport.get_protocol() is not self  # it has become a WebSocket
        if self.conn.their_state in (h11.IDLE, h11.SEND_BODY) and not talks:
            self._await_request()
        else:
            self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _await_request(self) -> None:
        if self not in self.unfinished:
            self.unfinished[self] = self.loop.call_later(HEARING, self._give_up)
            if len(self.unfinished) > _UNFINISHED:
                next(iter(self.unfinished))._give_up()

    def _stop_waiting(self) -> None:
        if self in self.unfinished:
            self.unfinished.pop(self).cancel()

    def _give_up(self) -> None:
        self._stop_waiting()
        self.transport.abort()
