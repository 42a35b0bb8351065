"""The server: a handful of files from memory, and one WebSocket that talks with a `Session`."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from commsim.core.errors import CommsimError, InputError
from commsim.core.harmless import for_terminal
from commsim.core.mechanism import refuse_clashes, words
from commsim.experiments.limits import Limits
from commsim.page.desk import Desk
from commsim.page.forms import conditions, forms
from commsim.page.guard import Guard, headers
from commsim.page.messages import MOST_BYTES, MOST_PANELS, MOST_SEED, Aside, read_message
from commsim.page.session import Program, Reply, Session
from commsim.report.messages import error_in_chinese

MOST_SESSIONS = 8
"""Tabs and visitors at a time."""
MOST_A_SECOND, BURST = 10.0, 40.0
"""Messages of one visitor: on average, and at once."""
SILENCE = 5.0
"""Seconds after which a visitor who waits for an answer hears that it is still being made."""
_TYPES = {"html": "text/html", "js": "text/javascript", "css": "text/css", "json": "application/json"}
_FOLDERS = ("", "uplot")
POLICY_VIOLATION, TRY_LATER = 1008, 1013


class Server:
    """Serves a program to the browsers that a guard lets in.

    settings: what the page is told at first: language, seed, lesson or not.
    """

    def __init__(
        self, program: Program, guard: Guard, settings: dict[str, Any], limits: Limits | None = None
    ) -> None:
        self._program, self._guard = program, guard
        self._desk = Desk(limits)
        self._files = _read_files()
        self._sessions = 0
        self._hello = {
            "type": "hello",
            "forms": forms(),
            "conditions": conditions(),
            "panels": MOST_PANELS,
            "seeds": MOST_SEED,
            **settings,
        }
        self.app = Starlette(
            routes=[
                Route("/", self._file),
                Route("/{name:path}", self._file),
                WebSocketRoute("/talk", self._talk),
            ],
            lifespan=self._live,
        )

    @asynccontextmanager
    async def _live(self, app: Starlette) -> AsyncIterator[None]:
        yield
        self._desk.close()

    async def _file(self, request: Request) -> Response:
        if not self._guard.lets_in(request.headers, needs_origin=False):
            return Response("This page is not served under that name.\n", 403)
        name = request.path_params.get("name") or "index.html"
        common = headers(request.headers["host"])
        if name not in self._files:
            return Response("There is no such file.\n", 404, common)
        kind = _TYPES.get(name.rpartition(".")[2], "text/plain")
        return Response(self._files[name], 200, common, f"{kind}; charset=utf-8")

    async def _talk(self, socket: WebSocket) -> None:
        if not self._guard.lets_in(socket.headers, needs_origin=True):
            await socket.close(POLICY_VIOLATION)
            return
        if self._sessions >= MOST_SESSIONS:
            await socket.close(TRY_LATER)
            return
        self._sessions += 1
        try:
            await socket.accept()
            await _send(socket, self._hello)
            await self._converse(socket, Session(self._program, self._desk))
        except WebSocketDisconnect:
            pass
        finally:
            self._sessions -= 1

    async def _converse(self, socket: WebSocket, session: Session) -> None:
        """Answer one message after the other, until the visitor goes or asks too much."""
        asides = Asides(socket, session)
        try:
            await self._hear(socket, session, asides)
        finally:
            asides.close()

    async def _hear(self, socket: WebSocket, session: Session, asides: "Asides") -> None:
        allowance, last = BURST, time.monotonic()
        while True:
            text = await _receive(socket)
            now = time.monotonic()
            allowance, last = min(BURST, allowance + (now - last) * MOST_A_SECOND) - 1.0, now
            if allowance < 0 or len(text) > MOST_BYTES:
                await socket.close(POLICY_VIOLATION)
                return
            try:
                message = read_message(text)
                if isinstance(message, Aside):
                    asides.take(message)
                else:
                    await self._answer(socket, session.answer(message))
            except CommsimError as error:
                what = {"en": str(error), "zh": error_in_chinese(error)}
                await _send(socket, {"type": "refused", "what": what})

    async def _answer(self, socket: WebSocket, replies: AsyncIterator[Reply]) -> None:
        """Send replies as they come, and a word when one is long in coming."""
        while True:
            coming = asyncio.ensure_future(anext(replies, None))
            try:
                await asyncio.wait({coming}, timeout=SILENCE)
                if not coming.done():
                    await _send(socket, {"type": "waiting", "seconds": self._desk.limits.seconds})
                reply = await coming
            finally:
                coming.cancel()
            if reply is None:
                return
            await _send(socket, reply)


class Asides:
    """Answers what nobody waits for, one after the other, while the visitor goes on changing plans."""

    def __init__(self, socket: WebSocket, session: Session) -> None:
        self._socket, self._session = socket, session
        self._one_at_a_time = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    def take(self, message: Aside) -> None:
        """Answer when there is time; not at all if the panels are others by then."""
        task = asyncio.create_task(self._answer(message, self._session.turn))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, message: Aside, turn: int) -> None:
        async with self._one_at_a_time:
            if self._session.turn != turn:
                return
            try:
                async for reply in self._session.answer(message):
                    if self._session.turn == turn:
                        await _send(self._socket, reply)
            except (CommsimError, WebSocketDisconnect):
                return

    def close(self) -> None:
        """The visitor has gone."""
        for task in self._tasks:
            task.cancel()


async def _receive(socket: WebSocket) -> str:
    """The next message as text; nothing else is understood.  Raises WebSocketDisconnect at the end."""
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect
    return message.get("text") or ""


async def _send(socket: WebSocket, reply: dict[str, Any] | bytes) -> None:
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
        found[f"{language}.json"] = json.dumps(text | words(language), ensure_ascii=False).encode()
    if "index.html" not in found:
        raise InputError("the page's files are missing", remedy="install commsim again")
    return found
