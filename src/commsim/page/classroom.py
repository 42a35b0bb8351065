"""A class that hands in plans: who may, how often, and what is known of each team."""

import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from commsim.analysis.league import MOST_TEAMS
from commsim.core.errors import InputError
from commsim.page.allowance import Allowances
from commsim.page.cards import Made, Taken, plan_of
from commsim.page.class_messages import Join
from commsim.page.messages import MOST_SEED
from commsim.page.pricing import Price
from commsim.scenario.schema import Scenario

MOST_OF_ONE = MOST_TEAMS // 2
"""Teams of one address: a whole class behind one router, and room left for others."""
_WRONG = 10.0, 5.0
"""Wrong codes of one address: at once, and seconds until it has another one."""
_CHANGES = float(MOST_TEAMS), 1.0
"""Joining and handing in by one address, likewise: all of a class behind one router at the last minute."""

_BLANK = "\u034f\u115f\u1160\u2800\ufe0e\ufe0f"
"""Letters by their kind that leave nothing on the wall, besides those of formats."""


@dataclass(frozen=True)
class Secrets:
    """What a class is known by: its code, the key of the trainer's page, a name for phones that come back."""

    code: str
    key: str
    name: str


@dataclass(frozen=True)
class Team:
    """A team: its name, the plan it handed in last, if any, and the address that it joined from."""

    name: str
    cards: list[Taken] | None = None
    plan: Scenario | None = None
    price: Price | None = None
    address: str = field(default="", compare=False)


@dataclass
class Classroom:
    """The teams of a class, by the secret token of the phone that joined.

    seeds: of the rounds so far, and of the first one if the trainer has named it.  number: of the round,
    from 1.  closed: whether no plan is taken any more.
    """

    shop: Scenario
    known: Secrets
    budget: float | None
    seeds: list[int] = field(default_factory=list)
    teams: dict[str, Team] = field(default_factory=dict)
    number: int = 1
    closed: bool = False
    _wrong: Allowances = field(default_factory=lambda: Allowances(*_WRONG))
    _changes: Allowances = field(default_factory=lambda: Allowances(*_CHANGES))

    @contextmanager
    def undone_by_errors(self) -> Iterator[None]:
        """Where the block ends with an error, the class is as it was before."""
        before = [*self.seeds], dict(self.teams), self.number, self.closed
        try:
            yield
        except BaseException:
            self.seeds, self.teams, self.number, self.closed = before
            raise

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
        if not bare(name):
            raise InputError("nobody can see this name", remedy="write letters or digits")
        others = {bare(team.name) for token, team in self.teams.items() if token != message.token}
        if bare(name) in others:
            raise InputError(
                "another team has this name",
                remedy="choose another one; if it is yours, go on with the phone that joined, "
                "or ask your trainer to take it out",
            )
        self.check_pace(address)
        if message.token in self.teams:
            self.teams[message.token] = replace(self.teams[message.token], name=name)
            return message.token
        if len(others) >= MOST_TEAMS:
            raise InputError(f"a league has {MOST_TEAMS} teams at most", remedy="play in several leagues")
        if sum(team.address == address for team in self.teams.values()) >= MOST_OF_ONE:
            raise InputError(
                f"{MOST_OF_ONE} teams have joined from here, and no more may",
                remedy="ask your trainer to take one out",
            )
        token = secrets.token_urlsafe(16)
        self.teams[token] = Team(name, address=address)
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

    def check_pace(self, address: str) -> None:
        """Count one more change by an address.  Raises InputError for too many."""
        if not self._changes.of(address).take():
            raise InputError("too much at once from here", remedy="wait a little, and try again")

    def hand_in(self, token: str, cards: list[Taken], made: Made, cost: Price) -> None:
        """Take a team's plan, instead of its former one.  Raises InputError for one over the budget."""
        team = self.team(token)
        self.check_open()
        if self.budget is not None and cost.all > self.budget:
            raise InputError(
                f"the plan costs about {cost.all:,.0f} yuan, more than the budget of {self.budget:,.0f} yuan",
                remedy="take a card out, or set it lower, and hand in again",
            )
        self.teams[token] = replace(team, cards=cards, plan=made.plan, price=cost)

    def remove(self, name: str) -> list[str]:
        """Take a team out; gives its token."""
        gone = [token for token, team in self.teams.items() if team.name == name]
        for token in gone:
            del self.teams[token]
        return gone

    def close(self) -> int:
        """Close the round; gives the seed of its worlds.  Raises InputError for less than two plans."""
        if len(self.handed_in) < 2:
            raise InputError("a league needs two teams or more", remedy="wait for a second plan")
        self.closed = True
        while len(self.seeds) < self.number:
            self.seeds.append(by_chance())
        return self.seeds[self.number - 1]

    def next_round(self) -> None:
        """Open another round, in other worlds."""
        self.number, self.closed = self.number + 1, False

    def _check_code(self, code: str, address: str) -> None:
        wrong = self._wrong.of(address)
        if not wrong.is_left:
            raise InputError("too many wrong codes", remedy="wait a little, and ask your trainer")
        if not secrets.compare_digest(code.strip().encode(), self.known.code.encode()):
            wrong.take()
            raise InputError("this is not the code of the class", remedy="ask your trainer")


def by_chance() -> int:
    """A seed that nobody can guess."""
    return secrets.randbelow(MOST_SEED)


def bare(name: str) -> str:
    """A name by which teams are told apart: what looks or sounds the same is the same."""
    seen = (one for one in unicodedata.normalize("NFKC", name) if unicodedata.category(one) != "Cf")
    return " ".join("".join(one for one in seen if one not in _BLANK).casefold().split())
