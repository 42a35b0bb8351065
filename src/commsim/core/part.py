"""What every part of a scenario is made of, sections of behaviour too."""

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A frozen group of settings; unknown names are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")
