"""Words of the page that do not stand in its own files."""

from commsim.core.mechanism import words
from commsim.page import lesson
from commsim.scenario.shipped_words import own_words


def wording(code: str) -> dict[str, str]:
    """Those of the lesson and of the mechanisms, and in Chinese what shipped plans say of themselves."""
    own = own_words() if code == "zh" else {}
    return {f"own.{text}": told for text, told in own.items()} | lesson.words(code) | words(code)
