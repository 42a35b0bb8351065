"""Start the page's server on this machine, and open it in the browser."""

import socket
import threading
import webbrowser
from collections.abc import Callable
from typing import Any

import uvicorn

from commsim.core.errors import InputError
from commsim.page.guard import Guard, bracketed
from commsim.page.messages import MOST_BYTES
from commsim.page.server import Server
from commsim.page.session import Program

ANYWHERE = ("0.0.0.0", "::")
_CONNECTIONS = 64
_PATIENCE = 1  # seconds that visitors have to notice the end


def serve_page(
    program: Program,
    settings: dict[str, Any],
    *,
    host: str,
    port: int,
    browser: bool,
    ready: Callable[[str], None],
) -> None:
    """Serve until Ctrl-C; ``ready`` hears the address.  Raises InputError for a place that can't be had."""
    with _listen(host, port) as listener:
        found = listener.getsockname()[1]
        name = "127.0.0.1" if host in ANYWHERE else bracketed(host)
        address = f"http://{name}:{found}/"
        server = Server(program, Guard(host, found), settings)
        ready(address)
        if browser:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        _run(server, listener)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_CONNECTIONS)
    except (OSError, TypeError, UnicodeError) as error:  # the last two for what can be no name of a host
        reason = str(getattr(error, "strerror", error)).partition(" (while")[
            0
        ]  # the rest repeats the address
        raise InputError(
            f"can't listen there: {reason}",
            where=f"{bracketed(host)}:{port}",
            remedy="give another --port (0 for any that is free) or --host",
        ) from error


def _run(server: Server, listener: socket.socket) -> None:
    config = uvicorn.Config(
        server.app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_CONNECTIONS,
        timeout_graceful_shutdown=_PATIENCE,
        ws_max_size=MOST_BYTES,
        ws_max_queue=8,
    )
    uvicorn.Server(config).run(sockets=[listener])
