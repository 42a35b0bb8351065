"""From a case to one self-contained HTML file."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from markupsafe import Markup

from commsim import __version__
from commsim.core.harmless import for_terminal
from commsim.records.folder import new_file
from commsim.report.case import Case
from commsim.report.cash import case_cash_grids
from commsim.report.counted import counted_grids
from commsim.report.explain import explain_figures, explain_grids, explain_verdict
from commsim.report.figures import FIGURES
from commsim.report.html.briefing import briefing
from commsim.report.html.decision import against_nothing, at_a_glance, conclusion, facts, measures, targets
from commsim.report.html.evidence import grade_rows, put_in, weakest
from commsim.report.html.groups import group_grids, spread
from commsim.report.html.month import month
from commsim.report.html.origin import told_command, told_plan
from commsim.report.html.strategies import booked, caused
from commsim.report.html.template import FOLDER, policy, style, templates
from commsim.report.language import ENGLISH, Language
from commsim.report.plan import COLUMNS, plan_rows
from commsim.report.plan_header import plan_header
from commsim.report.replay import Track, tracks
from commsim.report.sensitivity.tables import sensitivity_grids, sensitivity_verdict
from commsim.report.stages import stage_grid
from commsim.scenario.load import scenario_hash
from commsim.scenario.schema import Scenario

_DAILY = ("members", "looked", "messages", "orders", "muted", "left")
_WORDS = ("day", "members", "looked in", "messages", "orders", "muted", "left", "profit so far")


def write_report(case: Case, file: str | Path, say: Language = ENGLISH) -> None:
    """Write the report of a case into a file; `InputError` where that can't be."""
    text = report_html(case, say)
    with new_file(file) as side:
        side.write_text(text, encoding="utf-8")


def report_html(case: Case, say: Language = ENGLISH) -> str:
    """The report as HTML: styles, script and data inside, nothing asked from outside.

    A policy in its head lets run only the script and styles that it was made with.
    """
    case = case.called_in(say)
    styles, script = style(), (FOLDER / "replay.js").read_text("utf-8")
    page = templates(say).get_template("report.html")
    return page.render(
        style=Markup(styles),
        script=Markup(script),
        policy=policy(styles, script),
        data=_inert(_replay(case, say)),
        **_content(case, say),
    )


def _content(case: Case, say: Language) -> dict[str, Any]:
    """What the parts of the page tell, by name."""
    return {
        "case": case,
        "version": __version__,
        "facts": facts(case, say),
        "conclusion": conclusion(case, say),
        "briefing": briefing(case, say),
        "at_a_glance": at_a_glance(case, say),
        "measures": measures(case, say),
        "targets": targets(case, say),
        "against_nothing": against_nothing(case, say),
        "explained": explained(case, say),
        "figures": {name: make(case, say) for name, make in FIGURES.items()},
        **_plans(case, say),
        "columns": COLUMNS,
        "months": [month(plan, say) for plan in case.scenarios],
        "stages": stage_grid(case.names, [closeup.counts for closeup in case.closeups], say),
        "spread": spread(case, say),
        "booked": booked(case, say),
        "cash": case_cash_grids(case, say),
        "counted": [
            (name, counted_grids(closeup.counts, closeup.scenario, say))
            for name, closeup in zip(case.names, case.closeups, strict=True)
        ],
        "caused": caused(case, say),
        "groups": group_grids(case, say),
        "sweep": sweep(case, say),
        "grades": grade_rows(case, say),
        "put_in": put_in(case, say),
        "weakest": weakest(case, say),
        "origin": _origin(case, say),
    }


def _plans(case: Case, say: Language) -> dict[str, Any]:
    """Per plan its own lines and rows; and the lines that all plans have in common, which are told once."""
    headers = [plan_header(plan, say) for plan in case.scenarios]
    common = {
        label: text
        for label, text in headers[0].items()
        if len(headers) > 1 and all(other.get(label) == text for other in headers)
    }
    own = [{label: text for label, text in one.items() if label not in common} for one in headers]
    rows = [_named(plan, say) for plan in case.scenarios]
    return {"common": common, "plans": list(zip(own, rows, strict=True))}


def _named(plan: Scenario, say: Language) -> list[dict[str, str]]:
    """The rows of a plan, with what people call its strategies."""
    return [{**row, "name": say.of(plan).cause(row["name"])} for row in plan_rows(plan, say)]


def sweep(case: Case, say: Language) -> dict[str, Any] | None:
    """What the result hangs on, where a sweep was given: a sentence and tables."""
    if case.sweep is None:
        return None
    return {
        "verdict": sensitivity_verdict(case.sweep, say),
        "grids": sensitivity_grids(case.sweep, say),
    }


def explained(case: Case, say: Language) -> dict[str, Any] | None:
    """Why a plan earns what it earns, where that was asked for: a sentence, figures and tables."""
    if case.explained is None:
        return None
    named = say.of(case.scenarios[case.names.index(case.explained_plan)])
    return {
        "plan": case.explained_plan,
        "verdict": explain_verdict(case.explained, named),
        "figures": explain_figures(case.explained, named),
        "grids": explain_grids(case.explained, named),
    }


def _origin(case: Case, say: Language) -> dict[str, Any]:
    """What repeats the result: command, facts (label and value), and per plan its name, hash and YAML."""
    about = case.origin
    versions = say.listed(f"{name} {version}" for name, version in about.get("versions", {}).items())
    worlds = case.worlds if case.comparison is None else case.comparison.worlds
    facts = [
        (say("Seed"), str(case.seed)),
        (say("Worlds compared"), str(worlds)),
        (say("Worlds looked at closely"), str(case.worlds)),
        (say("World shown group by group"), str(case.closeups[0].typical.seed)),
        (say("Made"), str(about.get("created", ""))),
        (say("Versions"), versions),
        (say("Machine"), str(about.get("machine", ""))),
    ]
    return {
        "command": told_command(about.get("command", [])),
        "facts": facts if case.comparison else [facts[0], *facts[2:]],
        "plans": [
            (name, scenario_hash(plan), told_plan(plan))
            for name, plan in zip(case.names, case.scenarios, strict=True)
        ],
    }


def _replay(case: Case, say: Language) -> dict[str, Any]:
    """The replay as the page's script reads it: days, words, and per plan what `_track` says."""
    shown = tracks(case)
    return {
        "days": max(track.records.days for track in shown),
        "words": {word: say(word) for word in _WORDS},
        "plans": [_track(track) for track in shown],
    }


def _track(track: Track) -> dict[str, Any]:
    """People and their days, orders per day, and sums; shares of who looked in per cent, profit in yuan."""
    return {
        "name": track.name,
        "groups": len(track.groups),
        "of": track.of,
        **{name: getattr(track, name).tolist() for name in ("group", "joined", "left")},
        "rung": track.rung,
        "orders": track.orders,
        "looked": np.round(100 * track.looked).astype(int).tolist(),
        "daily": {name: track.records.daily[name].tolist() for name in _DAILY},
        "profit": np.round(track.profit).astype(int).tolist(),
    }


def _inert(data: Any) -> Markup:
    """JSON that can't end the element which holds it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    text = for_terminal(text)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
