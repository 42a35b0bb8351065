"""What every server of pages is: a handful of files from memory, and one WebSocket, for those let in."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from commsim.core.errors import CommsimError, InputError
from commsim.core.harmless import for_terminal
from commsim.core.mechanism import refuse_clashes
from commsim.experiments.limits import Limits
from commsim.page.allowance import Allowance
from commsim.page.desk import Desk
from commsim.page.guard import Guard, headers
from commsim.page.messages import MOST_BYTES
from commsim.page.wording import wording
from commsim.report.messages import error_in_chinese

MOST_SESSIONS = 8
"""Tabs and visitors at a time."""
MOST_A_SECOND, BURST = 10.0, 40.0
"""Messages of one visitor: on average, and at once."""
POLICY_VIOLATION, TRY_LATER = 1008, 1013
_TYPES = {"html": "text/html", "js": "text/javascript", "css": "text/css", "json": "application/json"}
_FOLDERS = ("", "uplot", "league")


class House:
    """Serves files, and conversations by `_converse`, to the browsers that a guard lets in.

    hello: what a page is told at first.  pages: paths that stand for files.  made: files besides those of the
    page.  most_sessions, most_of_one: at a time, and with one address.  most_bytes: of one message.
    more: routes besides.
    """

    def __init__(
        self,
        guard: Guard,
        limits: Limits | None,
        hello: dict[str, Any],
        *,
        pages: Mapping[str, str],
        made: Mapping[str, bytes] = MappingProxyType({}),
        most_sessions: int = MOST_SESSIONS,
        most_of_one: int | None = None,
        most_bytes: int = MOST_BYTES,
        more: tuple[BaseRoute, ...] = (),
    ) -> None:
        self._guard, self._hello, self._pages = guard, hello, pages
        self._desk = Desk(limits)
        self._files = {**_read_files(), **made}
        self._sessions: Counter[str] = Counter()
        self._most_sessions, self._most_of_one = most_sessions, most_of_one or most_sessions
        self._most_bytes = most_bytes
        self.app = Starlette(
            routes=[
                *more,
                Route("/", self._file),
                Route("/{name:path}", self._file),
                WebSocketRoute("/talk", self._talk),
            ],
            lifespan=self._live,
        )

    async def _converse(self, socket: WebSocket) -> None:
        """Talk with a visitor, who has been let in and greeted, until they go."""
        raise NotImplementedError

    @asynccontextmanager
    async def _live(self, app: Starlette) -> AsyncIterator[None]:
        yield
        self._desk.close()

    async def _file(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        name = request.path_params.get("name", "")
        name = self._pages.get(name, name)
        common = headers(request.headers["host"])
        if name not in self._files:
            return Response("There is no such file.\n", 404, common)
        kind = _TYPES.get(name.rpartition(".")[2], "text/plain")
        return Response(self._files[name], 200, common, f"{kind}; charset=utf-8")

    def _refused(self, request: Request) -> Response | None:
        """The answer to a request under another's name; None for one that is let in."""
        if self._guard.lets_in(request.headers, needs_origin=False):
            return None
        return Response("This page is not served under that name.\n", 403)

    async def _talk(self, socket: WebSocket) -> None:
        if not self._guard.lets_in(socket.headers, needs_origin=True):
            await socket.close(POLICY_VIOLATION)
            return
        address = address_of(socket)
        if self._sessions.total() >= self._most_sessions or self._sessions[address] >= self._most_of_one:
            await socket.close(TRY_LATER)
            return
        self._sessions[address] += 1
        try:
            await socket.accept()
            await send(socket, self._hello)
            await self._converse(socket)
        except (WebSocketDisconnect, asyncio.CancelledError):
            pass  # the visitor has gone, or the server ends
        finally:
            self._sessions -= Counter([address])

    async def _heard(self, socket: WebSocket) -> AsyncIterator[str]:
        """Messages as they come, until the visitor goes or asks too much."""
        allowance = Allowance(BURST, 1.0 / MOST_A_SECOND)
        while True:
            text = await _receive(socket)
            if not allowance.take() or len(text) > self._most_bytes:
                await socket.close(POLICY_VIOLATION)
                return
            yield text


def refusal(error: CommsimError) -> dict[str, Any]:
    """What a visitor hears of what can't be done, in both languages."""
    return {"type": "refused", "what": {"en": str(error), "zh": error_in_chinese(error)}}


def address_of(socket: WebSocket) -> str:
    """Where a visitor is."""
    return socket.client.host if socket.client else ""


async def _receive(socket: WebSocket) -> str:
    """The next message as text; nothing else is understood.  Raises WebSocketDisconnect at the end."""
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect
    return message.get("text") or ""


async def send(socket: WebSocket, reply: dict[str, Any] | bytes) -> None:
    """Send JSON, made harmless, or bytes."""
    if isinstance(reply, bytes):
        await socket.send_bytes(reply)
    else:
        await socket.send_text(for_terminal(json.dumps(reply, ensure_ascii=False)))


def _read_files() -> dict[str, bytes]:
    """Every file that can ever be asked for, by the name it is asked by."""
    found, root = {}, files("commsim.page") / "static"
    for folder in _FOLDERS:
        for file in (root / folder).iterdir() if folder else root.iterdir():
            if file.is_file():
                found[f"{folder}/{file.name}" if folder else file.name] = file.read_bytes()
    for language in ("en", "zh"):
        text = json.loads(found[f"{language}.json"])
        refuse_clashes("text", text, lambda one: one.words)
        found[f"{language}.json"] = json.dumps(text | wording(language), ensure_ascii=False).encode()
    if "index.html" not in found:
        raise InputError("the page's files are missing", remedy="install commsim again")
    return found
