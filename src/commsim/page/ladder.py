"""The server of a live league: phones hand in plans, and the trainer's page has them scored."""

import asyncio
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.websockets import WebSocket, WebSocketDisconnect

from commsim.analysis.league import MOST_TEAMS
from commsim.core.errors import CommsimError, InputError
from commsim.experiments.limits import Limits
from commsim.page.cards import cards
from commsim.page.classroom import (
    MOST_LETTERS,
    Asked,
    Classroom,
    HandIn,
    Look,
    Message,
    Mine,
    Rules,
    Score,
    Scored,
    read_message,
    score,
)
from commsim.page.guard import Guard, headers
from commsim.page.house import House, refusal, send
from commsim.report.html.template import policy, style
from commsim.scenario.schema import Scenario

MOST_VISITORS = 2 * MOST_TEAMS
CONNECTIONS = 4 * MOST_TEAMS
"""A browser opens several for the files of a page."""
MOST_BYTES = 8_192
"""Of a message; a plan of all cards takes a quarter."""
_SLOW = 5.0
"""Seconds in which a visitor has to take what all are told."""


class LeagueServer(House):
    """A class's league in one shop.

    address: of the page for phones.  code: without which nobody hands in.  key: of the trainer's page.
    origin: of the results.
    """

    def __init__(
        self,
        shop: Scenario,
        rules: Rules,
        guard: Guard,
        limits: Limits,
        *,
        lang: str,
        address: str,
        code: str,
        key: str,
        origin: Mapping[str, Any],
    ) -> None:
        hello = {
            "type": "hello",
            "lang": lang,
            "shop": shop.name,
            "days": shop.days,
            "budget": rules.budget,
            "letters": MOST_LETTERS,
            "cards": cards(shop),
        }
        super().__init__(
            guard,
            limits,
            hello,
            pages={"": "league/team.html", "ladder": "league/ladder.html"},
            most_sessions=MOST_VISITORS,
            most_bytes=MOST_BYTES,
            more=(Route("/certificates", self._certificates),),
        )
        self._class, self._rules, self._origin = Classroom(shop, code), rules, origin
        self._key, self._told = key, {"code": code, "address": address}
        self._trainers: set[WebSocket] = set()
        self._phones: dict[WebSocket, str] = {}  # by the token of its team
        self._scored: Scored | None = None
        self._places: dict[str, str] = {}
        self._at_work: asyncio.Task[None] | None = None

    async def _converse(self, socket: WebSocket) -> None:
        try:
            async for text in self._heard(socket):
                try:
                    await self._answer(socket, read_message(text))
                except CommsimError as error:
                    await send(socket, refusal(error))
        finally:
            self._trainers.discard(socket)
            self._phones.pop(socket, None)

    async def _answer(self, socket: WebSocket, message: Message) -> None:
        match message:
            case HandIn():
                address = socket.client.host if socket.client else ""
                token = self._class.hand_in(message, address)
                self._phones[socket] = token
                team = self._class.teams[token].name
                await send(socket, {"type": "handed_in", "token": token, "team": team})
                await self._tell_trainers(self._state())
            case Mine(token=token):
                if token in self._class.teams:
                    self._phones[socket] = token
                    await send(socket, self._mine(token))
            case Look(key=key):
                self._check(key)
                self._trainers.add(socket)
                await send(socket, self._state())
            case Score(key=key):
                self._check(key)
                if self._at_work is not None and not self._at_work.done():
                    raise InputError("the plans are being scored already", remedy="wait for the ladder")
                if len(self._class.teams) < 2:
                    raise InputError("a league needs two teams or more", remedy="wait for a second plan")
                self._at_work = asyncio.create_task(self._score())

    def _check(self, key: str) -> None:
        if not secrets.compare_digest(key.encode(), self._key.encode()):
            raise InputError("this is the trainer's page", remedy="open it as it was told at the start")

    def _mine(self, token: str) -> dict[str, Any]:
        team, place = self._class.teams[token].name, self._places.get(token, "")
        return {"type": "mine", "team": team, "place": place, "of": len(self._places)}

    def _state(self) -> dict[str, Any]:
        """All that the trainer's page shows."""
        busy = self._at_work is not None and not self._at_work.done()
        names = [team.name for team in self._class.teams.values()]
        ladder = self._scored.ladder if self._scored else None
        return {"type": "class", "teams": names, "scoring": busy, "ladder": ladder, **self._told}

    async def _score(self) -> None:
        """The ladder first, and with the best ideas once they are found."""
        teams = dict(self._class.teams)
        rounds = (False, True) if self._rules.explained else (False,)
        await self._tell_trainers({"type": "scoring", "teams": len(teams), "ideas": False})
        try:
            for explained in rounds:
                rules = replace(self._rules, explained=explained)
                asked = Asked(tuple(teams.values()), rules, self._origin)
                self._scored = await self._desk.work(score, asked)
                self._places = dict(zip(teams, self._scored.places, strict=True))
                await self._tell_trainers({"type": "ladder", "ladder": self._scored.ladder})
                if explained != rounds[-1]:
                    await self._tell_trainers({"type": "scoring", "teams": len(teams), "ideas": True})
        except CommsimError as error:
            await self._tell_trainers(refusal(error))
        await self._tell_trainers({"type": "done"})
        await _tell({phone: self._mine(token) for phone, token in self._phones.items()})

    async def _tell_trainers(self, reply: dict[str, Any]) -> None:
        await _tell(dict.fromkeys(self._trainers, reply))

    async def _certificates(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        common = headers(request.headers["host"])
        lang = request.query_params.get("lang", "en")
        if self._scored is None or lang not in self._scored.certificates:
            return Response("There are no certificates yet.\n", 404, common)
        own = f"{policy(style(), '')}; frame-ancestors 'none'"
        kind = "text/html; charset=utf-8"
        return Response(self._scored.certificates[lang], 200, common | {"Content-Security-Policy": own}, kind)


async def _tell(replies: dict[WebSocket, dict[str, Any]]) -> None:
    """Send to each what is theirs; who is gone, or does not take it in time, goes without."""
    await asyncio.gather(*(_send_in_time(socket, reply) for socket, reply in replies.items()))


async def _send_in_time(socket: WebSocket, reply: dict[str, Any]) -> None:
    with suppress(TimeoutError, WebSocketDisconnect, RuntimeError):
        await asyncio.wait_for(send(socket, reply), _SLOW)
