"""What phones and the trainer's page may ask of the server of a live league."""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from commsim.core.units import Name
from commsim.page.asked import Asked, read
from commsim.page.cards import MOST_CARDS, Taken

MOST_LETTERS = 24
"""Of a team's name, so that it fits a phone and the ladder."""

Secret = Annotated[str, Field(max_length=64)]
TeamName = Annotated[Name, Field(max_length=MOST_LETTERS)]
Cards = Annotated[list[Taken], Field(max_length=MOST_CARDS)]


class Join(Asked):
    """A phone joins as a team; token: of the team that it was before, which then changes its name."""

    do: Literal["join"]
    team: TeamName
    code: Annotated[str, Field(max_length=32)]
    token: Secret = ""


class Cost(Asked):
    """What would these cards cost?  ask: comes back with the answer."""

    do: Literal["cost"]
    token: Secret
    cards: Cards
    ask: Annotated[int, Field(ge=0, le=10**9)]


class HandIn(Asked):
    """A team's plan: the cards that it takes."""

    do: Literal["hand_in"]
    token: Secret
    cards: Cards


class Mine(Asked):
    """A phone that comes back asks how its team stands."""

    do: Literal["mine"]
    token: Secret


class Look(Asked):
    """The trainer opens the ladder; key: printed where the league was started."""

    do: Literal["look"]
    key: Secret


class Score(Asked):
    """The trainer closes the round and has all plans scored."""

    do: Literal["score"]
    key: Secret


class Again(Asked):
    """The trainer opens another round, in other worlds."""

    do: Literal["again"]
    key: Secret


class Remove(Asked):
    """The trainer takes a team out."""

    do: Literal["remove"]
    key: Secret
    team: TeamName


Message = Join | Cost | HandIn | Mine | Look | Score | Again | Remove
_ANY: TypeAdapter[Message] = TypeAdapter(Annotated[Message, Field(discriminator="do")])


def read_message(text: str) -> Message:
    """A message from its JSON.  Raises InputError for anything else."""
    return read(text, _ANY)
