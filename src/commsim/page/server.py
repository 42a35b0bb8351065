"""The server of the live page: its WebSocket talks with a `Session`."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from commsim.core.errors import CommsimError
from commsim.experiments.limits import Limits
from commsim.page import lesson
from commsim.page.forms import conditions, forms
from commsim.page.guard import Guard
from commsim.page.house import House, refusal, send
from commsim.page.messages import MOST_PANELS, MOST_SEED, Aside, read_message
from commsim.page.session import Program, Reply, Session

SILENCE = 5.0
"""Seconds after which a visitor who waits for an answer hears that it is still being made."""


class Server(House):
    """Serves a program to the browsers that a guard lets in.

    settings: what the page is told at first: language, seed, lesson or not.
    """

    def __init__(
        self, program: Program, guard: Guard, settings: dict[str, Any], limits: Limits | None = None
    ) -> None:
        hello = {
            "type": "hello",
            "forms": forms(),
            "conditions": conditions(),
            "lesson_steps": lesson.for_page(),
            "panels": MOST_PANELS,
            "seeds": MOST_SEED,
            **settings,
        }
        super().__init__(guard, limits, hello, pages={"": "index.html"})
        self._program = program

    async def _converse(self, socket: WebSocket) -> None:
        """Answer one message after the other, until the visitor goes or asks too much."""
        session = Session(self._program, self._desk)
        asides = Asides(socket, session)
        try:
            await self._hear(socket, session, asides)
        finally:
            asides.close()

    async def _hear(self, socket: WebSocket, session: Session, asides: "Asides") -> None:
        async for text in self._heard(socket):
            try:
                message = read_message(text)
                if isinstance(message, Aside):
                    asides.take(message)
                else:
                    await self._answer(socket, session.answer(message))
            except CommsimError as error:
                await send(socket, refusal(error))

    async def _answer(self, socket: WebSocket, replies: AsyncIterator[Reply]) -> None:
        """Send replies as they come, and a word when one is long in coming."""
        while True:
            coming = asyncio.ensure_future(anext(replies, None))
            try:
                await asyncio.wait({coming}, timeout=SILENCE)
                if not coming.done():
                    await send(socket, {"type": "waiting", "seconds": self._desk.limits.seconds})
                reply = await coming
            finally:
                coming.cancel()
            if reply is None:
                return
            await send(socket, reply)


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
                        await send(self._socket, reply)
            except (CommsimError, WebSocketDisconnect):
                return

    def close(self) -> None:
        """The visitor has gone."""
        for task in self._tasks:
            task.cancel()
