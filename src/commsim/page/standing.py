"""A ladder for the projector and for phones: numbers once, words in both languages."""

from typing import Any

from commsim.analysis.intervals import Interval
from commsim.analysis.league import Idea, League, place_text
from commsim.core.measures import Unit
from commsim.report.language import Language, language
from commsim.report.league import certificates, league_verdict, named_idea
from commsim.report.numbers import cell, labelled, limits, number

LANGUAGES = ("en", "zh")


def standing(found: League, wanted: int, *, ideas: bool) -> dict[str, Any]:
    """The ladder: what is drawn, and what is said of it in each language.

    wanted: worlds of the last ladder.  ideas: whether teams' best ideas are looked for.
    """
    gains = found.gains
    return {
        "worlds": found.comparison.worlds,
        "wanted": wanted,
        "budget": found.budget,
        "low": min(0.0, *(gain.low for gain in gains)),
        "high": max(0.0, *(gain.high for gain in gains)),
        "rows": [_row(found, k, ideas=ideas) for k in found.ranked],
        "said": {code: _said(found, language(code)) for code in LANGUAGES},
    }


def _row(found: League, k: int, *, ideas: bool) -> dict[str, Any]:
    gain, turn = found.gains[k], found.turn(k)
    return {
        "place": place_text(found.places[k]),
        "team": found.teams[k],
        "mean": gain.mean,
        "low": gain.low,
        "high": gain.high,
        "day": turn and turn.day,
        "waits": ideas and k not in found.explained and bool(found.kinds[k]),
        "said": {code: _words(found, k, language(code)) for code in LANGUAGES},
    }


def _words(found: League, k: int, say: Language) -> dict[str, Any]:
    unit, spent, gain = found.measure.unit, found.spent[k], found.gains[k]
    return {
        "mean": _signed(gain, unit),
        "limits": "" if gain.is_nothing else limits(gain, unit, say),
        "spent": "" if spent is None else cell(spent, "yuan"),
        "idea": _idea(found.idea(k), unit, say),
        "drop": _idea(found.to_drop(k), unit, say),
    }


def _idea(idea: Idea | None, unit: Unit, say: Language) -> str:
    """Short, since it is read from afar: certificates tell how sure it is."""
    return "" if idea is None else f"{named_idea(idea, say)} {_signed(idea.worth, unit)}"


def _signed(interval: Interval, unit: Unit) -> str:
    """With the minus sign of its limits, which stand beside it."""
    if interval.is_nothing:
        return "0"
    sign = "+" if interval.mean > 0 else ""
    return sign + number(interval.mean, unit)


def _said(found: League, say: Language) -> dict[str, Any]:
    return {"verdict": league_verdict(found, say), "measured": labelled(found.measure, say)}


def results(found: League) -> list[dict[str, Any]]:
    """What each team hears of itself, in the order given: its certificate in both languages."""
    told: list[dict[str, Any]] = [{} for _ in found.teams]
    for code in LANGUAGES:
        for k, one in zip(found.ranked, certificates(found, language(code)), strict=True):
            told[k][code] = {"place": one.place, "gain": one.gain, "lines": one.lines}
    for k, place in enumerate(found.places):
        told[k]["rank"] = place_text(place)
    return told
