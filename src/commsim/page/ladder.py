"""The server of a live league: phones hand in plans, and the trainer's page has them scored."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.websockets import WebSocket

from commsim.analysis.league import MOST_TEAMS
from commsim.core.errors import CommsimError, InputError
from commsim.experiments.limits import Limits
from commsim.page import qr
from commsim.page.cards import deck, plan_of
from commsim.page.class_messages import (
    MOST_LETTERS,
    Again,
    Cost,
    HandIn,
    Join,
    Look,
    Message,
    Mine,
    Remove,
    Score,
    read_message,
)
from commsim.page.classroom import Classroom
from commsim.page.crowd import Crowd, of_class, of_team
from commsim.page.guard import Guard, headers
from commsim.page.house import House, address_of, refusal, send
from commsim.page.pricing import Till
from commsim.page.register import Register
from commsim.page.rounds import Round
from commsim.page.scoring import Rules
from commsim.records.manifest import provenance
from commsim.report.html.template import policy, style
from commsim.report.language import language
from commsim.report.league import league_csv, league_page

MOST_VISITORS = 2 * MOST_TEAMS
CONNECTIONS = 4 * MOST_TEAMS
"""A browser opens several for the files of a page."""
MOST_BYTES = 8_192
"""Of a message; a plan of all cards takes half."""
_FOLDER = Path(__file__).parent / "league"


class LeagueServer(House):
    """A class's league in one shop.

    room, register: the class, and where it is kept.  lang: of the pages at first.  address: of the page for
    phones.  origin: how it was started.  workers: processes that score.
    """

    def __init__(
        self,
        room: Classroom,
        rules: Rules,
        guard: Guard,
        limits: Limits,
        *,
        register: Register,
        lang: str,
        address: str,
        origin: Mapping[str, Any],
        workers: int | None = None,
    ) -> None:
        hello = {
            "type": "hello",
            "league": room.known.name,
            "lang": lang,
            "shop": room.shop.name,
            "budget": rules.budget,
            "letters": MOST_LETTERS,
            "digits": room.known.code.isdigit(),
            **deck(room.shop),
        }
        super().__init__(
            guard,
            limits,
            hello,
            pages={"": "team.html", "ladder": "ladder.html"},
            made=_pages(),
            most_sessions=MOST_VISITORS,
            most_of_one=MOST_TEAMS,
            most_bytes=MOST_BYTES,
            more=(Route("/certificates", self._certificates),),
        )
        self._class, self._rules, self._origin, self._limits = room, rules, origin, limits
        self._made = origin
        self._register, self._lang, self._workers = register, lang, workers
        self._told = {
            "code": room.known.code,
            "address": address,
            "picture": qr.rows(address) if guard.is_open else None,
        }
        self._crowd = Crowd()
        self._till = Till(self._desk)
        self._round: Round | None = None
        self._followed: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def _live(self, app: Starlette) -> AsyncIterator[None]:
        warm = asyncio.create_task(self._warm_up())
        async with super()._live(app):
            yield
            if self._round is not None:
                self._round.give_up()
            for task in (warm, self._followed):
                if task is not None:
                    task.cancel()

    async def _warm_up(self) -> None:
        """So that the first team does not wait for a process to start."""
        with suppress(CommsimError):
            await self._till.cost("", plan_of(self._class.shop, self._class.shop.name, []), [])

    async def _converse(self, socket: WebSocket) -> None:
        try:
            async for text in self._heard(socket):
                try:
                    await self._answer(socket, read_message(text))
                except CommsimError as error:
                    await send(socket, refusal(error))
        finally:
            self._crowd.leave(socket)

    async def _answer(self, socket: WebSocket, message: Message) -> None:
        match message:
            case Join():
                with self._kept():
                    token = self._class.join(message, address_of(socket))
                self._crowd.phones[socket] = token
                await self._changed({socket: self._mine(token)})
            case Cost(token=token, cards=cards, ask=ask):
                cost = await self._till.cost(token, self._class.made(token, cards), cards)
                await send(socket, {"type": "cost", "ask": ask, **cost.plain()})
            case HandIn(token=token, cards=cards):
                made = self._class.made(token, cards)
                self._class.check_pace(address_of(socket))
                cost = await self._till.cost(token, made, cards)
                with self._kept():
                    self._class.hand_in(token, cards, made, cost)
                await self._changed({socket: self._mine(token) | {"just": True}})
            case Mine(token=token):
                if token in self._class.teams:
                    self._crowd.phones[socket] = token
                await send(socket, self._mine(token))
            case _:
                self._check(message.key)
                await self._obey(socket, message)

    async def _obey(self, socket: WebSocket, message: Look | Score | Again | Remove) -> None:
        """What the trainer asks for."""
        match message:
            case Look():
                self._crowd.trainers.add(socket)
                await send(socket, self._state())
            case Score():
                self._score()
                await self._changed(self._of_phones())
            case Again():
                self._check_done()
                if self._class.closed:  # a second click opens no third round
                    with self._kept():
                        self._class.next_round()
                    self._round = None
                await self._changed(self._of_phones())
            case Remove(team=team):
                self._check_done()
                with self._kept():
                    gone = self._class.remove(team)
                await self._changed(
                    {one: told for one, told in self._of_phones().items() if self._crowd.phones[one] in gone}
                )

    @contextmanager
    def _kept(self) -> Iterator[None]:
        """What is done to the class in the block is kept, or is not done."""
        with self._class.undone_by_errors():
            yield
            self._register.keep(self._class)

    def _check(self, key: str) -> None:
        if not secrets.compare_digest(key.encode(), self._class.known.key.encode()):
            raise InputError("this is the trainer's page", remedy="open it as it was told at the start")

    def _check_done(self) -> None:
        if self._round is not None and self._round.busy:
            raise InputError("the plans are being scored already", remedy="wait for the ladder")

    def _of_phones(self) -> dict[WebSocket, dict[str, Any]]:
        return {phone: self._mine(token) for phone, token in self._crowd.phones.items()}

    def _mine(self, token: str) -> dict[str, Any]:
        return of_team(self._class, self._round, token)

    def _state(self) -> dict[str, Any]:
        return of_class(self._class, self._round) | self._told

    async def _changed(self, replies: dict[WebSocket, dict[str, Any]]) -> None:
        """Tell the trainer's page how the class stands now, and phones what is theirs."""
        await self._crowd.tell(dict.fromkeys(self._crowd.trainers, self._state()) | replies)

    def _score(self) -> None:
        """Close the round, and begin to play it."""
        self._check_done()
        self._class.check_open()
        with self._kept():
            seed = self._class.close()
        self._round = Round(self._class.handed_in, self._rules, seed)
        self._followed = asyncio.create_task(self._play(self._round))

    async def _play(self, played: Round) -> None:
        error = await played.play(self._limits, self._workers, self._seen)
        try:
            if played.results:
                self._made = self._origin_of(played)
                await asyncio.to_thread(self._put, self._class.number, played)
            else:
                self._open_again(played)
        except CommsimError as full:  # a full disk takes no ladder away from the wall
            error = error or full
        await self._changed(self._of_phones())
        if error is not None:
            await self._crowd.tell_trainers(refusal(error))

    async def _seen(self, step: dict[str, Any]) -> None:
        """Pass on a step of the scoring; the last ladder to phones, too."""
        await self._crowd.tell_trainers(step)
        if step["type"] == "ladder" and self._round is not None and self._round.results:
            await self._crowd.tell(self._of_phones())

    def _open_again(self, played: Round) -> None:
        """After a scoring that failed: the same round, or the next one where its worlds have been seen."""
        with self._kept():
            if played.ladder is None:
                self._class.closed = False
            else:
                self._class.next_round()
        self._round = None

    def _origin_of(self, played: Round) -> Mapping[str, Any]:
        """What makes a ladder again, where its plans are kept; else how the server was started."""
        files = self._register.files(self._class.number, len(played.plans))
        if not files or played.found is None:
            return self._origin
        return provenance(self._rules.command([*map(str, files)], played.found.comparison.seed))

    def _put(self, number: int, played: Round) -> None:
        if played.found is not None:
            page = league_page(played.found, self._made, language(self._lang))
            files = {"ladder.html": page, "ladder.csv": f"\ufeff{league_csv(played.found)}"}
            self._register.put(number, played.plans, files)

    async def _certificates(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        common = headers(request.headers["host"])
        lang = request.query_params.get("lang", "en")
        found = self._round.found if self._round is not None and self._round.results else None
        if found is None or lang not in ("en", "zh"):
            return Response("There are no certificates yet.\n", 404, common)
        page = await asyncio.to_thread(league_page, found, self._made, language(lang))
        own = f"{policy(style(), '')}; frame-ancestors 'none'"
        kind = "text/html; charset=utf-8"
        return Response(page, 200, common | {"Content-Security-Policy": own}, kind)


def _pages() -> dict[str, bytes]:
    """The pages of phones and of the projector, which share their head."""
    made = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined)
    return {name: made.get_template(name).render().encode() for name in ("team.html", "ladder.html")}
