"""A text that can still be told in another language."""

from typing import Any, Self


class Phrase(str):
    """A text in English that knows what it was made of: ``Phrase("{plan} is best", plan="a")``.

    Parts that are phrases are told in the other language too; names are not.
    """

    template: str
    parts: dict[str, Any]

    def __new__(cls, template: str, **parts: Any) -> Self:
        """The template with its parts put in."""
        made = super().__new__(cls, template.format(**parts) if parts else template)
        made.template, made.parts = template, parts
        return made
