"""Names of settings and kinds as sheets have them: those of the schema."""

from collections.abc import Iterable

from pydantic import BaseModel

from commsim.scenario.errors import SettingPath
from commsim.strategies.registry import kinds


class Names:
    """Which setting a head of a column means."""

    def __init__(self) -> None:
        self._kinds = kinds()

    def strategies(self) -> list[type[BaseModel]]:
        """The models of all kinds of strategies."""
        return list(self._kinds.values())

    def known(self, owners: Iterable[type[BaseModel]]) -> list[str]:
        """All heads that a column may have."""
        return list(dict.fromkeys(name for owner in owners for name in owner.model_fields))

    def knows(self, head: str, owners: Iterable[type[BaseModel]]) -> bool:
        """Whether a head means a setting of one of the models."""
        return head in self.known(owners)

    def setting(self, head: str, owner: type[BaseModel] | None, kind: str) -> str:
        """The name of the setting that a head means in a model."""
        return head

    def kind(self, text: str) -> str:
        """The kind of strategy that a cell means."""
        return text

    def path(self, text: str) -> SettingPath:
        """The path of the setting that a cell of the sheet of settings means."""
        return tuple(part for part in text.split(".") if part)
