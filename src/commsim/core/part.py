"""What every part of a scenario is made of, sections of behaviour too."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic.fields import FieldInfo

_MAY_BE_EMPTY = "section", "list", "names"
"""Units of settings that, written without a value, are as if they were left out."""


class Part(BaseModel):
    """A frozen group of settings; unknown names are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _empty_as_left_out(cls, data: Any) -> Any:
        """``cash:`` with nothing after it says nothing, and so does every section and list."""
        if not isinstance(data, Mapping):
            return data
        empty = [name for name, value in data.items() if value is None and _may_be_empty(cls, name)]
        left_out = {name: cls.model_fields[name].get_default(call_default_factory=True) for name in empty}
        return {**data, **left_out} if empty else data


def _may_be_empty(part: type[BaseModel], name: Any) -> bool:
    field: FieldInfo | None = part.model_fields.get(name)
    if field is None or field.is_required():
        return False
    card = field.json_schema_extra
    return isinstance(field.default, Part) or (isinstance(card, dict) and card.get("unit") in _MAY_BE_EMPTY)
