"""A league for people: the ladder, what each team did best, and a certificate for each; money in yuan."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from commsim import __version__
from commsim.analysis.league import Idea, League, Turn, place_text
from commsim.core.measures import find
from commsim.records.folder import new_file
from commsim.report.data import FORMAT, to_csv
from commsim.report.html.origin import told_command
from commsim.report.html.template import policy, style, templates
from commsim.report.language import ENGLISH, Language, language
from commsim.report.numbers import amount, cell, difference, labelled
from commsim.report.panels import Whiskers
from commsim.report.tables import Grid


class Certificate(NamedTuple):
    """What is printed for one team, in the reader's language."""

    place: str
    team: str
    gain: str
    lines: tuple[str, ...]


def league_grids(found: League, say: Language = ENGLISH) -> list[Grid]:
    """The ladder, and what made each team's place."""
    return [_ladder(found, say), _reasons(found, say)]


def _ladder(found: League, say: Language) -> Grid:
    unit = found.measure.unit
    means = found.values.mean(axis=1)
    rows = []
    for k in found.ranked:
        row = [
            place_text(found.places[k]),
            found.teams[k],
            cell(float(means[k]), unit),
            difference(found.gains[k], unit, say),
        ]
        spent = found.spent[k]
        if found.budget is not None and spent is not None:
            row.append(cell(spent, "yuan") + (say(" (over the budget)") if k in found.over else ""))
        rows.append(tuple(row))
    header = [say("Place"), say("Team"), labelled(found.measure, say), say("Beyond doing nothing")]
    header += [say("Spent (yuan)")] if found.budget is not None else []
    title = say("{worlds} worlds, {days} days", worlds=found.comparison.worlds, days=found.comparison.days[0])
    return Grid(title, tuple(header), tuple(rows), fixed=2)


def _reasons(found: League, say: Language) -> Grid:
    rows = [
        (
            found.teams[k],
            _told_idea(found.idea(k), found, say),
            _told_idea(found.to_drop(k), found, say),
            _told_turn(found.turn(k), say),
        )
        for k in found.ranked
    ]
    header = (say("Team"), say("Best idea"), say("Better without"), say("Fatal day"))
    return Grid(say("What did it"), header, tuple(rows), fixed=4)


def named_idea(idea: Idea, say: Language) -> str:
    """What the strategy of an idea is called."""
    return say.knowing({idea.strategy: idea.kind}).cause(idea.strategy)


def _told_idea(idea: Idea | None, found: League, say: Language) -> str:
    if idea is None:
        return "-"
    return f"{named_idea(idea, say)} {difference(idea.worth, found.measure.unit, say)}"


def _told_turn(turn: Turn | None, say: Language) -> str:
    if turn is None:
        return "-"
    sentence = (
        "day {day}: until then {ahead} ahead of doing nothing, at the end {end}"
        if turn.ahead > 0
        else "day {day}: never ahead of doing nothing, at the end {end}"
    )
    return say(
        sentence, day=turn.day, ahead=amount(turn.ahead, "yuan", say), end=amount(turn.end, "yuan", say)
    )


def league_verdict(found: League, say: Language = ENGLISH) -> str:
    """Who has won, or who shares the first place; who is out, and who would better have done nothing."""
    first = [found.teams[k] for k in found.ranked if (found.places[k] or (0, 0))[0] == 1]
    names = _joined(first, say)
    sentences = [
        say("{team} wins.", team=names)
        if len(first) == 1
        else say("{teams} share the first place: they can't be told apart.", teams=names)
        if first
        else say("Nobody keeps the budget.")
    ]
    if found.over:
        over = _joined([found.teams[k] for k in found.ranked if k in found.over], say)
        budget = amount(found.budget or 0.0, "yuan", say)
        sentences.append(
            say("Over the budget of {budget}, and so not ranked: {teams}.", budget=budget, teams=over)
        )
    behind = [found.teams[k] for k in found.ranked if found.gains[k].high < 0.0]
    if behind:
        sentences.append(say("Behind doing nothing: {teams}.", teams=say.listed(behind)))
    return say.sentences(sentences)


def _joined(names: list[str], say: Language) -> str:
    """``A, B and C``."""
    *others, last = names or [""]
    return say(" and ").join([say.listed(others), last] if others else [last])


def league_data(found: League) -> dict[str, Any]:
    """All of it; teams in the order of the ladder."""
    return {
        "format": FORMAT,
        "metric": found.measure.name,
        "unit": found.measure.unit,
        "worlds": found.comparison.worlds,
        "days": found.comparison.days[0],
        "seed": found.comparison.seed,
        "budget": found.budget,
        "verdict": league_verdict(found),
        "teams": [_team(found, k) for k in found.ranked],
    }


def _team(found: League, k: int) -> dict[str, Any]:
    place, turn, gain = found.places[k], found.turn(k), found.gains[k]
    return {
        "team": found.teams[k],
        "first_place": place and place[0],
        "last_place": place and place[1],
        "mean": float(found.values[k].mean()),
        "beyond_nothing": gain.mean,
        "low": gain.low,
        "high": gain.high,
        "spent": found.spent[k],
        "over_budget": k in found.over,
        "best_idea": _idea(found.idea(k)),
        "better_without": _idea(found.to_drop(k)),
        "fatal_day": turn and turn.day,
        "ahead_until_then": turn and turn.ahead,
        "lead_at_the_end": turn and turn.end,
    }


def _idea(idea: Idea | None) -> dict[str, Any] | None:
    if idea is None:
        return None
    worth = idea.worth
    return {"strategy": idea.strategy, "worth": worth.mean, "low": worth.low, "high": worth.high}


def league_csv(found: League) -> str:
    """One row per team, in the order of the ladder."""
    rows = []
    for k in found.ranked:
        row = _team(found, k)
        ideas = {name: (row.pop(name) or {}).get("strategy", "") for name in ("best_idea", "better_without")}
        rows.append(row | ideas)
    header = tuple(rows[0])
    return to_csv(header, [["" if row[name] is None else row[name] for name in header] for row in rows])


def certificates(found: League, say: Language = ENGLISH) -> list[Certificate]:
    """One for each team, the first place first."""
    return [_certificate(found, k, say) for k in found.ranked]


def _certificate(found: League, k: int, say: Language) -> Certificate:
    place, gain, unit = found.places[k], found.gains[k], found.measure.unit
    playing = len(found.teams) - len(found.over)
    told_place = (
        "Shared place {place} of {teams}" if place and place[0] < place[1] else "Place {place} of {teams}"
    )
    of = say(told_place, place=place_text(place), teams=playing)
    lines = []
    if idea := found.idea(k):
        worth = amount(idea.worth.mean, unit, say)
        lines.append(say("Best idea: {idea}, worth {worth}.", idea=named_idea(idea, say), worth=worth))
    if drop := found.to_drop(k):
        worth = amount(drop.worth.mean, unit, say)
        lines.append(
            say("Without {idea} it would have been {worth} more.", idea=named_idea(drop, say), worth=worth)
        )
    if turn := found.turn(k):
        lines.append(say("Fatal day: {what}.", what=_told_turn(turn, say)))
    told = say(
        "{measure} beyond doing nothing: {gain}",
        measure=say(found.measure.label),
        gain=difference(gain, unit, say),
    )
    return Certificate(
        of if place else say("Out of competition: over the budget"), found.teams[k], told, tuple(lines)
    )


def write_league(found: League, origin: Mapping[str, Any], file: Path, say: Language = ENGLISH) -> None:
    """The page, in a file; `InputError` where that can't be written."""
    with new_file(file) as side:
        side.write_text(league_page(found, origin, say), encoding="utf-8")


def league_page(found: League, origin: Mapping[str, Any], say: Language = ENGLISH) -> str:
    """The page: ladder, figure, tables, and a certificate for each team on a sheet of its own in print.

    origin: of `commsim.records.manifest.provenance`.
    """
    versions = say.listed(f"{name} {version}" for name, version in origin["versions"].items())
    return (
        templates(say)
        .get_template("league.html")
        .render(
            style=Markup(style()),
            policy=policy(style(), ""),
            version=__version__,
            name=say("The league"),
            facts=[_ladder(found, say).title, say("seed {seed}", seed=found.comparison.seed)],
            verdict=league_verdict(found, say),
            figures=[_gains(found, say)],
            grids=league_grids(found, say),
            certificates=certificates(found, say),
            command=told_command(origin["command"]),
            origin=[(say("Made"), origin["created"]), (say("Versions"), versions)],
        )
    )


def plot_league(found: League, file: str | Path | None, lang: str) -> Any:
    """Draw what each team adds to doing nothing; see `commsim.report.plots.files.plot_result`."""
    from commsim.report.plots.files import plot_result

    return plot_result({"league": [_gains(found, language(lang))]}, file, found.teams)


def _gains(found: League, say: Language) -> Whiskers:
    measure = find(found.measure.name)
    return Whiskers(
        say=say,
        key="league",
        title=say("What each team adds to doing nothing"),
        unit=measure.unit,
        measured=labelled(measure, say),
        note=say(
            "The dot is the mean over the worlds, the bars hold for all teams together; left of 0 is worse "
            "than doing nothing."
        ),
        rows=tuple((found.teams[k], found.gains[k]) for k in found.ranked),
    )
