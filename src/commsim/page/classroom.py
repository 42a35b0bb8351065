"""A class that hands in plans: who may, and what is known of each team."""

import secrets
import time
import unicodedata
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from commsim.analysis.league import MOST_TEAMS
from commsim.core.errors import InputError
from commsim.core.units import Name
from commsim.page.cards import MOST_CARDS, Made, Taken, plan_of
from commsim.page.pricing import Price
from commsim.scenario.schema import Scenario

MOST_LETTERS = 24
"""Of a team's name, so that it fits a phone and the ladder."""
_TRIES, _PAUSE = 10.0, 5.0
"""Wrong codes from one address at once, and seconds until it has another one."""
_ADDRESSES = 512
"""Addresses whose wrong codes are remembered."""

_Secret = Annotated[str, Field(max_length=64)]
_TeamName = Annotated[Name, Field(max_length=MOST_LETTERS)]
_Cards = Annotated[list[Taken], Field(max_length=MOST_CARDS)]


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Join(_Message):
    """A phone joins as a team; token: of the team that it was before, which then changes its name."""

    do: Literal["join"]
    team: _TeamName
    code: Annotated[str, Field(max_length=32)]
    token: _Secret = ""


class Cost(_Message):
    """What would these cards cost?  ask: comes back with the answer."""

    do: Literal["cost"]
    token: _Secret
    cards: _Cards
    ask: Annotated[int, Field(ge=0, le=10**9)]


class HandIn(_Message):
    """A team's plan: the cards that it takes."""

    do: Literal["hand_in"]
    token: _Secret
    cards: _Cards


class Mine(_Message):
    """A phone that comes back asks how its team stands."""

    do: Literal["mine"]
    token: _Secret


class Look(_Message):
    """The trainer opens the ladder; key: printed where the league was started."""

    do: Literal["look"]
    key: _Secret


class Score(_Message):
    """The trainer closes the round and has all plans scored."""

    do: Literal["score"]
    key: _Secret


class Again(_Message):
    """The trainer opens another round, in other worlds."""

    do: Literal["again"]
    key: _Secret


class Remove(_Message):
    """The trainer takes a team out."""

    do: Literal["remove"]
    key: _Secret
    team: _TeamName


Message = Join | Cost | HandIn | Mine | Look | Score | Again | Remove
_ANY: TypeAdapter[Message] = TypeAdapter(Annotated[Message, Field(discriminator="do")])


def read_message(text: str) -> Message:
    """A message from its JSON.  Raises InputError for anything else."""
    try:
        return _ANY.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"][1:])
        raise InputError("not a message that is understood", where=where) from None


@dataclass(frozen=True)
class Rules:
    """What is played for, and on how many worlds."""

    budget: float | None
    worlds: int
    metric: str
    explained: bool


@dataclass
class Team:
    """A team: its name, and the plan it handed in last, if any."""

    name: str
    cards: list[Taken] | None = None
    plan: Scenario | None = None
    price: Price | None = None


@dataclass
class Classroom:
    """The teams of a class, by the secret token of the phone that joined.

    number: of the round, from 1.  closed: whether no plan is taken any more.
    """

    shop: Scenario
    code: str
    budget: float | None
    teams: dict[str, Team] = field(default_factory=dict)
    number: int = 1
    closed: bool = False
    _wrong: dict[str, tuple[float, float]] = field(default_factory=dict)  # tries left, and when

    @property
    def handed_in(self) -> dict[str, Team]:
        """Teams that have a plan."""
        return {token: team for token, team in self.teams.items() if team.plan is not None}

    def join(self, message: Join, address: str) -> str:
        """Let a phone in; gives its token.

        Raises InputError for a wrong code, a name that another team has, or one team too many.
        """
        self._check_code(message.code, address)
        name = message.team.strip()
        others = {_bare(team.name) for token, team in self.teams.items() if token != message.token}
        if _bare(name) in others:
            raise InputError(
                "another team has this name",
                remedy="choose another one; if it is yours, go on with the phone that joined, "
                "or ask your trainer to take it out",
            )
        if message.token in self.teams:
            self.teams[message.token].name = name
            return message.token
        if len(others) >= MOST_TEAMS:
            raise InputError(f"a league has {MOST_TEAMS} teams at most", remedy="play in several leagues")
        token = secrets.token_urlsafe(16)
        self.teams[token] = Team(name)
        return token

    def team(self, token: str) -> Team:
        """The team of a phone.  Raises InputError for none."""
        if token not in self.teams:
            raise InputError("this phone has not joined", remedy="give your team's name and the code")
        return self.teams[token]

    def made(self, token: str, cards: list[Taken]) -> Made:
        """The plan of some cards.  Raises InputError where they are none, and after the close."""
        team = self.team(token)
        self.check_open()
        return plan_of(self.shop, team.name, cards)

    def check_open(self) -> None:
        """Raise InputError after the close."""
        if self.closed:
            raise InputError("the round is closed", remedy="wait for the next one")

    def hand_in(self, token: str, cards: list[Taken], made: Made, cost: Price) -> None:
        """Take a team's plan, instead of its former one.  Raises InputError for one over the budget."""
        team = self.team(token)
        self.check_open()
        if self.budget is not None and cost.all > self.budget:
            raise InputError(
                f"the plan costs about {cost.all:,.0f} yuan, more than the budget of {self.budget:,.0f} yuan",
                remedy="take a card out, or set it lower, and hand in again",
            )
        team.cards, team.plan, team.price = cards, made.plan, cost

    def remove(self, name: str) -> list[str]:
        """Take a team out; gives its token."""
        gone = [token for token, team in self.teams.items() if team.name == name]
        for token in gone:
            del self.teams[token]
        return gone

    def _check_code(self, code: str, address: str) -> None:
        now = time.monotonic()
        left, when = self._wrong.get(address, (_TRIES, now))
        left = min(_TRIES, left + (now - when) / _PAUSE)
        if left < 1.0:
            raise InputError("too many wrong codes", remedy="wait a little, and ask your trainer")
        if secrets.compare_digest(code.strip().encode(), self.code.encode()):
            return
        if address not in self._wrong and len(self._wrong) >= _ADDRESSES:
            del self._wrong[next(iter(self._wrong))]
        self._wrong[address] = left - 1.0, now
        raise InputError("this is not the code of the class", remedy="ask your trainer")


def _bare(name: str) -> str:
    """A name by which teams are told apart: what looks or sounds the same is the same."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def plain_team(team: Team) -> dict[str, Any]:
    """A team as a file keeps it."""
    return {
        "name": team.name,
        "cards": None if team.cards is None else [one.model_dump() for one in team.cards],
        "price": None if team.price is None else list(team.price),
    }


def revived_team(data: dict[str, Any], shop: Scenario) -> Team:
    """The team that `plain_team` made this of.  Raises InputError where its plan is none in this shop."""
    if data["cards"] is None:
        return Team(data["name"])
    cards = [Taken.model_validate(one) for one in data["cards"]]
    each, *others = data["price"]
    price = Price(tuple(each), *others)
    return Team(data["name"], cards, plan_of(shop, data["name"], cards).plan, price)
