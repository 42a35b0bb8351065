"""What pages ask of their servers over the socket: JSON that is one of the messages that are expected."""

from typing import TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from commsim.core.errors import InputError

Kind = TypeVar("Kind")


class Asked(BaseModel):
    """A message: every field in its limits, and none besides."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def read(text: str, kinds: TypeAdapter[Kind]) -> Kind:
    """The message of a JSON text.  Raises InputError for one that is of none of these kinds."""
    try:
        return kinds.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"][1:])
        raise InputError("not a message that is understood", where=where) from None
