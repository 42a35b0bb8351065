"""What a folder keeps of a live league: who plays with which plan, so that it outlives the server."""

import hashlib
import json
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from commsim.analysis.league import MOST_TEAMS
from commsim.core.errors import InputError
from commsim.experiments.lock import LOCK, locked
from commsim.experiments.store import put_text
from commsim.page.cards import plan_of
from commsim.page.class_messages import Cards, Secret, TeamName
from commsim.page.classroom import Classroom, Secrets, Team, bare
from commsim.page.pricing import Price
from commsim.records.folder import writing
from commsim.scenario.change import refusal
from commsim.scenario.load import dump, plain
from commsim.scenario.schema import Scenario

FILE = "league.json"
_FORMAT = 1
_REMEDY = "put it right, or give another --out; the file stays as it is"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class _KeptTeam(_Part):
    name: TeamName
    cards: Cards | None
    price: Price | None


class Kept(_Part):
    """A class as its file has it."""

    format: Literal[1]
    shop: str
    code: Annotated[str, Field(min_length=1, max_length=32)]
    key: Secret
    name: Secret
    seeds: list[Annotated[int, Field(ge=0, lt=2**63)]]
    round: Annotated[int, Field(ge=1)]
    closed: bool
    teams: Annotated[dict[Secret, _KeptTeam], Field(max_length=MOST_TEAMS)]

    @property
    def known(self) -> Secrets:
        """What the class is known by."""
        return Secrets(self.code, self.key, self.name)


class Register:
    """A class's league in a folder; nothing is kept where none is given."""

    def __init__(self, folder: Path | None, shop: Scenario) -> None:
        self._folder, self._shop = folder, shop

    def held(self) -> AbstractContextManager[None]:
        """Keeps other servers out of the folder in its block.  Raises InputError where one is there."""
        if self._folder is None:
            return nullcontext()
        return locked(self._folder, "stop it, or give another --out")

    def read(self) -> Kept | None:
        """What is kept already; None for a new league.

        Raises InputError for a folder of something else, and for a damaged file, which stays as it is.
        """
        if self._folder is None:
            return None
        file = self._folder / FILE
        if not file.exists():
            with writing(self._folder):
                self._folder.mkdir(parents=True, exist_ok=True)
                if any(one.name != LOCK for one in self._folder.iterdir()):
                    raise InputError(
                        "the folder holds other things", where=str(self._folder), remedy="give another --out"
                    )
            return None
        kept = _read(file)
        if kept.shop != _hash(self._shop):
            raise InputError(
                "the league in this folder is played in another shop",
                where=str(file),
                remedy="name the same plan and days, or give another --out",
            )
        return kept

    def revive(self, kept: Kept, room: Classroom) -> None:
        """Put the teams that were kept back into the class.

        Where the round was closed its ladder may have been seen: the next one begins, in other worlds.
        Raises InputError for what is no plan in this shop.
        """
        room.number, room.seeds = kept.round, [*kept.seeds]
        if kept.closed:
            room.next_round()
        for token, team in kept.teams.items():
            if bare(team.name) in {bare(other.name) for other in room.teams.values()}:
                raise InputError("another team has this name", where=self._at(team.name), remedy=_REMEDY)
            room.teams[token] = self._revived(team)

    def _revived(self, team: _KeptTeam) -> Team:
        if team.cards is None and team.price is None:
            return Team(team.name)
        if team.cards is None or team.price is None or len(team.cards) != len(team.price.each):
            raise InputError("cards and their price come together", where=self._at(team.name), remedy=_REMEDY)
        try:
            plan = plan_of(self._shop, team.name, team.cards).plan
        except InputError as error:
            where = ": ".join(filter(None, (self._at(team.name), error.where)))
            raise InputError(error.what, where=where, remedy=_REMEDY) from error
        return Team(team.name, team.cards, plan, team.price)

    def _at(self, team: str) -> str:
        return f"{(self._folder or Path()) / FILE}: {team}"

    def keep(self, room: Classroom) -> None:
        """Write down the class as it is now."""
        if self._folder is None:
            return
        kept = Kept.model_construct(
            format=_FORMAT,
            shop=_hash(self._shop),
            **vars(room.known),
            seeds=room.seeds,
            round=room.number,
            closed=room.closed,
            teams={
                token: _KeptTeam.model_construct(name=team.name, cards=team.cards, price=team.price)
                for token, team in room.teams.items()
            },
        )
        with writing(self._folder):
            put_text(kept.model_dump_json(indent=1) + "\n", self._folder / FILE)

    def put(self, number: int, plans: list[Scenario], files: Mapping[str, str]) -> None:
        """The results of a round beside it, and the plans as any other command reads them."""
        if self._folder is None:
            return
        place = self._folder / f"round-{number}"
        with writing(place):
            place.mkdir(exist_ok=True)
            for file, plan in zip(self.files(number, len(plans)), plans, strict=True):
                put_text(dump(plan), file)
            for name, text in files.items():
                put_text(text, place / name)

    def files(self, number: int, plans: int) -> list[Path]:
        """Where the plans of a round are kept, if they are."""
        if self._folder is None:
            return []
        return [self._folder / f"round-{number}" / f"team-{k:02}.yaml" for k in range(1, plans + 1)]


def _read(file: Path) -> Kept:
    try:
        data = json.loads(file.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise InputError(
            f"can't be read: {error.strerror}", where=str(file), remedy="give another --out"
        ) from error
    except UnicodeError as error:
        raise InputError("the text is not UTF-8", where=str(file), remedy=_REMEDY) from error
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise InputError(
            "is damaged: no JSON from here on", where=f"{file}:{line}", remedy=_REMEDY
        ) from error
    if not isinstance(data, dict) or data.get("format") != _FORMAT:
        raise InputError("is no league that can go on", where=str(file), remedy="give another --out")
    try:
        kept = Kept.model_validate_json(json.dumps(data))
    except ValidationError as error:
        told = refusal(Kept, data, error)
        where = f"{file}: {told.where}" if told.where else str(file)
        raise InputError(told.what, where=where, remedy=_REMEDY) from error
    if len(kept.seeds) < kept.round - 1 + kept.closed:
        raise InputError(
            "the seed of a round that was closed is missing", where=f"{file}: seeds", remedy=_REMEDY
        )
    return kept


def _hash(shop: Scenario) -> str:
    return hashlib.sha256(json.dumps(plain(shop), sort_keys=True).encode()).hexdigest()
