"""What heads of columns and settings are called in sheets: as in the schema, or in Chinese."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from pydantic import BaseModel

from commsim.scenario import discounts
from commsim.scenario.chinese import names as chinese
from commsim.scenario.community import Group, Segment
from commsim.scenario.errors import SettingPath, dotted
from commsim.scenario.schema import Product
from commsim.scenario.sheets.layout import GROUPS, PRODUCTS, SEGMENTS, WEEKS
from commsim.strategies.registry import kinds

MODELS: dict[str, type[BaseModel]] = {PRODUCTS: Product, SEGMENTS: Segment, GROUPS: Group}
OF_WEEKS = ("do", "days", "week", "date")
"""Heads of a calendar of weeks beside those of strategies."""
_OWNERS = {PRODUCTS: "product", SEGMENTS: "segment", GROUPS: "group"}


class Names:
    """Which setting a head means, and what a setting is called; both languages are read."""

    @cached_property
    def kinds(self) -> dict[str, type[BaseModel]]:
        """All kinds of strategies with their models."""
        return dict(kinds())

    def heads(self, sheet: str) -> list[str]:
        """All heads that a sheet knows, those of the schema first."""
        models = [MODELS[sheet]] if sheet in MODELS else list(self.kinds.values())
        plain = [name for model in models for name in model.model_fields]
        own = [*OF_WEEKS, *plain] if sheet == WEEKS else plain
        owners = [_OWNERS[sheet]] if sheet in _OWNERS else [*self._owners(sheet), *self.kinds]
        own = own if sheet in _OWNERS else [*own, *discounts.WORDS]
        return list(dict.fromkeys((*own, *(said for owner in owners for said in self._said[owner].values()))))

    def setting(self, head: str, sheet: str, kind: str = "") -> str:
        """The setting that a head means in a row; for a row of a kind, what that kind has first."""
        model = MODELS.get(sheet) or self.kinds.get(kind)
        if (model is not None and head in model.model_fields) or head in OF_WEEKS:
            return head
        if head in discounts.WORDS and sheet not in _OWNERS:
            return "discount"
        owners = [_OWNERS[sheet]] if sheet in _OWNERS else [kind, *self._owners(sheet), *self.kinds]
        return next((name for owner in owners for name, said in self._meant(owner) if said == head), head)

    def head(self, name: str, sheet: str, rows: Iterable[str] = ()) -> str:
        """What a setting is called in Chinese, if that is clear in every row; ``rows``: their kinds."""
        owners = [_OWNERS[sheet]] if sheet in _OWNERS else [*self._owners(sheet), *rows]
        said = next((told for owner in owners if (told := self._said[owner].get(name))), name)
        meant = {self.setting(said, sheet, kind) for kind in (*rows, *([""] if sheet in _OWNERS else []))}
        return said if meant == {name} else name

    def kind(self, text: str) -> str:
        """The kind of strategy that a cell means."""
        return next((kind for kind in self.kinds if self.kind_said(kind) == text), text)

    def kind_said(self, kind: str) -> str:
        """What a kind is called in Chinese."""
        return chinese().get(f"kind.{kind}", kind)

    def path(self, text: str) -> SettingPath:
        """The path of the setting that a cell means."""
        told = next((key for key, said in self._paths.items() if said == text), text)
        return tuple(part for part in told.split(".") if part)

    def path_said(self, path: SettingPath) -> str:
        """What a setting that stands alone is called in Chinese."""
        return self._paths.get(dotted(path), dotted(path))

    def unit_said(self, unit: str) -> str:
        """What a unit is called in Chinese."""
        return chinese().get(f"unit.{unit}", unit)

    def _owners(self, sheet: str) -> list[str]:
        return ["week", "strategy"] if sheet == WEEKS else ["strategy"]

    def _meant(self, owner: str) -> Iterator[tuple[str, str]]:
        yield from self._said.get(owner, {}).items()

    @cached_property
    def _said(self) -> dict[str, dict[str, str]]:
        """By owner, what each of its settings is called."""
        found: dict[str, dict[str, str]] = {"": {}}
        for owner in ("strategy", "week", *_OWNERS.values(), *self.kinds):
            start = f"field.{owner}."
            found[owner] = {
                key.removeprefix(start): said for key, said in chinese().items() if key.startswith(start)
            }
        return found

    @cached_property
    def _paths(self) -> dict[str, str]:
        return {key.removeprefix("path."): said for key, said in chinese().items() if key.startswith("path.")}
