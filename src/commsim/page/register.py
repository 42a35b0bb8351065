"""What a folder keeps of a live league: who plays with which plan, so that it outlives the server."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from commsim.core.errors import InputError
from commsim.experiments.store import put_text
from commsim.page.classroom import Classroom, plain_team, revived_team
from commsim.records.folder import writing
from commsim.scenario.load import dump, plain
from commsim.scenario.schema import Scenario

FILE = "league.json"
_FORMAT = 1


@dataclass
class Secrets:
    """What a class is known by.

    code: of the class.  key: of the trainer's page.  name: of this league, for phones that come back.
    seeds: of the rounds so far.
    """

    code: str
    key: str
    name: str
    seeds: list[int] = field(default_factory=list)


class Register:
    """A class's league in a folder; nothing is kept where none is given."""

    def __init__(self, folder: Path | None, shop: Scenario) -> None:
        self._folder, self._shop = folder, shop

    def read(self) -> dict[str, Any] | None:
        """What is kept already; None for a new league.  Raises InputError for a folder of something else."""
        if self._folder is None:
            return None
        file = self._folder / FILE
        if not file.exists():
            with writing(self._folder):
                self._folder.mkdir(parents=True, exist_ok=True)
                if any(self._folder.iterdir()):
                    raise InputError(
                        "the folder holds other things", where=str(self._folder), remedy="give another --out"
                    )
            return None
        try:
            data: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
            known = data["format"] == _FORMAT and isinstance(data["shop"], str)
        except (ValueError, KeyError, TypeError, OSError):
            known = False
        if not known:
            raise InputError("is no league that can go on", where=str(file), remedy="give another --out")
        if data["shop"] != _hash(self._shop):
            raise InputError(
                "the league in this folder is played in another shop",
                where=str(file),
                remedy="name the same plan and days, or give another --out",
            )
        return data

    def revive(self, data: Mapping[str, Any], room: Classroom) -> None:
        """Put the teams that were kept back into the class.

        Where the round was closed its ladder may have been seen: the next one begins, in other worlds.
        """
        room.number = data["round"] + bool(data["closed"])
        for token, team in data["teams"].items():
            room.teams[token] = revived_team(team, self._shop)

    def keep(self, room: Classroom, known: Secrets) -> None:
        """Write down the class as it is now."""
        if self._folder is None:
            return
        data = {
            "format": _FORMAT,
            "shop": _hash(self._shop),
            "code": known.code,
            "key": known.key,
            "name": known.name,
            "seeds": known.seeds,
            "round": room.number,
            "closed": room.closed,
            "teams": {token: plain_team(team) for token, team in room.teams.items()},
        }
        with writing(self._folder):
            put_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", self._folder / FILE)

    def put(self, number: int, plans: list[Scenario], files: Mapping[str, str]) -> None:
        """The results of a round beside it, and the plans as any other command reads them."""
        if self._folder is None:
            return
        place = self._folder / f"round-{number}"
        with writing(place):
            place.mkdir(exist_ok=True)
            for k, plan in enumerate(plans, 1):
                put_text(dump(plan), place / f"team-{k:02}.yaml")
            for name, text in files.items():
                put_text(text, place / name)


def _hash(shop: Scenario) -> str:
    return hashlib.sha256(json.dumps(plain(shop), sort_keys=True).encode()).hexdigest()
