"""What the page may ask of the server: every message is one of these, small and within limits."""

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from commsim.core.units import Name
from commsim.page.asked import Asked, read

MOST_PANELS = 4
MOST_BYTES = 32_768
"""Of one message; settings of the largest strategy take a tenth."""
MOST_SEED = 2**53 - 1
"""Whole numbers that a browser keeps exactly."""

_Panel = Annotated[int, Field(ge=0, lt=MOST_PANELS)]
_Day = Annotated[int, Field(ge=0, le=3650)]
_Seed = Annotated[int, Field(ge=0, le=MOST_SEED)]


class Start(Asked):
    """Begin anew: the plans of the command line, or a step of the lesson, in a world."""

    do: Literal["start"]
    seed: _Seed
    step: Annotated[int, Field(ge=0, le=20)] | None = None


class Change(Asked):
    """From a day on, other settings of a strategy; None takes it out.  A new name adds it."""

    do: Literal["change"]
    panel: _Panel
    day: _Day
    name: Name
    settings: dict[str, Any] | None


class Branch(Asked):
    """One more panel with a panel's plan, to be changed from a day on."""

    do: Literal["branch"]
    panel: _Panel
    day: _Day


class Close(Asked):
    """Put a panel away."""

    do: Literal["close"]
    panel: _Panel


class Story(Asked):
    """Tell a member's story, in every panel."""

    do: Literal["story"]
    person: Annotated[int, Field(ge=0, le=20_000_000)]


class Suggest(Asked):
    """Find members whose fate differs most between the panels, and tell their stories."""

    do: Literal["suggest"]


class Judge(Asked):
    """Compare the panels' plans with doing nothing and with each other, in a few worlds."""

    do: Literal["judge"]


class Outlook(Asked):
    """Look at a panel's plan in many worlds, and in the quarter after its run."""

    do: Literal["outlook"]
    panel: _Panel


class Why(Asked):
    """Tell what each strategy of a panel's plan brings; ``whole``: also what about people that hangs on."""

    do: Literal["why"]
    panel: _Panel
    whole: bool = False


class Save(Asked):
    """Hand out a panel's plan as YAML."""

    do: Literal["save"]
    panel: _Panel


Message = Start | Change | Branch | Close | Story | Suggest | Judge | Outlook | Why | Save
Aside = Suggest | Judge | Outlook
"""What nobody waits for: it is answered beside what people do, and dropped when they change the plans."""
_ANY: TypeAdapter[Message] = TypeAdapter(Annotated[Message, Field(discriminator="do")])


def read_message(text: str) -> Message:
    """A message from its JSON.  Raises InputError for anything else."""
    return read(text, _ANY)
