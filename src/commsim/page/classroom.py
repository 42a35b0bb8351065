"""A class that hands in plans: who may, what is kept of each team, and how all are scored."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from commsim.analysis.league import MOST_TEAMS, League, league, place_text
from commsim.core.errors import InputError
from commsim.core.units import Name
from commsim.page.cards import plan_of
from commsim.report.language import language
from commsim.report.league import league_page, league_table, league_verdict
from commsim.scenario.schema import Scenario

MOST_LETTERS = 24
"""Of a team's name, so that it fits a phone and the ladder."""
_TRIES, _PAUSE = 10.0, 5.0
"""Wrong codes from one address at once, and seconds until it has another one."""
_ADDRESSES = 512
"""Addresses whose wrong codes are remembered."""

_Secret = Annotated[str, Field(max_length=64)]


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class HandIn(_Message):
    """A team's plan: cards it takes, by kind, with their settings.  token: of the same phone's last plan."""

    do: Literal["hand_in"]
    team: Annotated[Name, Field(max_length=MOST_LETTERS)]
    code: Annotated[str, Field(max_length=32)]
    token: _Secret = ""
    cards: Annotated[
        dict[
            Annotated[str, Field(max_length=40)],
            Annotated[
                dict[
                    Annotated[str, Field(max_length=40)],
                    float | Annotated[list[Annotated[str, Field(max_length=3)]], Field(max_length=7)],
                ],
                Field(max_length=8),
            ],
        ],
        Field(max_length=16),
    ]


class Look(_Message):
    """The trainer opens the ladder; key: printed where the league was started."""

    do: Literal["look"]
    key: _Secret


class Score(_Message):
    """The trainer has all plans scored."""

    do: Literal["score"]
    key: _Secret


class Mine(_Message):
    """A phone that comes back asks what became of its plan."""

    do: Literal["mine"]
    token: _Secret


Message = HandIn | Mine | Look | Score
_ANY: TypeAdapter[Message] = TypeAdapter(Annotated[Message, Field(discriminator="do")])


def read_message(text: str) -> Message:
    """A message from its JSON.  Raises InputError for anything else."""
    try:
        return _ANY.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"][1:])
        raise InputError(f"not a message that is understood: {first['msg']}", where=where) from None


@dataclass(frozen=True)
class Rules:
    """What is played for, and on which worlds."""

    budget: float | None
    worlds: int
    seed: int
    metric: str
    explained: bool


class Team(NamedTuple):
    """A team and its plan."""

    name: str
    plan: Scenario


class Classroom:
    """The plans that teams have handed in, one each, by the secret token of the phone that did."""

    def __init__(self, shop: Scenario, code: str) -> None:
        self._shop, self._code = shop, code
        self._wrong: dict[str, tuple[float, float]] = {}  # tries left, and when
        self.teams: dict[str, Team] = {}

    def hand_in(self, message: HandIn, address: str) -> str:
        """Take a team's plan, instead of its former one; gives the token to change it by.

        Raises InputError for a wrong code, a name that another team has, one team too many, or no plan.
        """
        self._check_code(message.code, address)
        token = message.token if message.token in self.teams else secrets.token_urlsafe(16)
        name = message.team.strip()
        others = {team.name.casefold() for key, team in self.teams.items() if key != token}
        if name.casefold() in others:
            raise InputError("another team has this name", remedy="choose another one")
        if len(others) >= MOST_TEAMS:
            raise InputError(f"a league has {MOST_TEAMS} teams at most", remedy="play in several leagues")
        self.teams[token] = Team(name, plan_of(self._shop, name, message.cards))
        return token

    def _check_code(self, code: str, address: str) -> None:
        now = time.monotonic()
        left, when = self._wrong.get(address, (_TRIES, now))
        left = min(_TRIES, left + (now - when) / _PAUSE)
        if left < 1.0:
            raise InputError("too many wrong codes", remedy="wait a little, and ask your trainer")
        if secrets.compare_digest(code.strip().encode(), self._code.encode()):
            return
        if address not in self._wrong and len(self._wrong) >= _ADDRESSES:
            del self._wrong[next(iter(self._wrong))]
        self._wrong[address] = left - 1.0, now
        raise InputError("this is not the code of the class", remedy="ask your trainer")


class Asked(NamedTuple):
    """The teams to be scored, and how; origin: of the results, for the page of certificates."""

    teams: tuple[Team, ...]
    rules: Rules
    origin: Mapping[str, Any]


class Scored(NamedTuple):
    """What is shown of a league, each by language; places: as text, in the order of the teams asked."""

    ladder: dict[str, dict[str, Any]]
    certificates: dict[str, str]
    places: tuple[str, ...]


def score(asked: Asked) -> Scored:
    """Play the league in this process."""
    rules = asked.rules
    found = league(
        [team.plan for team in asked.teams],
        budget=rules.budget,
        worlds=rules.worlds,
        seed=rules.seed,
        metric=rules.metric,
        explained=rules.explained,
        workers=1,
    )
    return Scored(
        {lang: _ladder(found, lang) for lang in ("en", "zh")},
        {lang: league_page(found, asked.origin, language(lang)) for lang in ("en", "zh")},
        tuple(map(place_text, found.places)),
    )


def _ladder(found: League, lang: str) -> dict[str, Any]:
    say = language(lang)
    table = league_table(found, say)
    return {
        "title": table.title,
        "verdict": league_verdict(found, say),
        "header": table.header,
        "rows": table.rows,
    }
