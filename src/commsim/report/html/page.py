"""From a case to one self-contained HTML file."""

import json
from pathlib import Path
from typing import Any

from markupsafe import Markup

from commsim import __version__
from commsim.records.folder import new_file
from commsim.report.case import Case
from commsim.report.figures import FIGURES
from commsim.report.html.decision import cards, conclusion, facts, measures
from commsim.report.html.evidence import grade_rows, weakest
from commsim.report.html.groups import group_grids
from commsim.report.html.origin import origin
from commsim.report.html.replay import replay
from commsim.report.html.strategies import booked, caused
from commsim.report.html.template import FOLDER, policy, style, templates
from commsim.report.html.tree import spread
from commsim.report.language import ENGLISH, Language
from commsim.report.plan import COLUMNS, plan_header, plan_rows, telling
from commsim.report.sensitivity.tables import sensitivity_grids, sensitivity_verdict


def write_report(case: Case, file: str | Path, say: Language = ENGLISH) -> None:
    """Write the report of a case into a file; `InputError` where that can't be."""
    text = report_html(case, say)
    with new_file(file) as side:
        side.write_text(text, encoding="utf-8")


def report_html(case: Case, say: Language = ENGLISH) -> str:
    """The report as HTML: styles, script and data inside, nothing asked from outside.

    A policy in its head lets run only the script and styles that it was made with.
    """
    styles, script = style(), (FOLDER / "replay.js").read_text("utf-8")
    page = templates(say).get_template("report.html")
    return page.render(
        style=Markup(styles),
        script=Markup(script),
        policy=policy(styles, script),
        data=_inert(replay(case, say)),
        **_content(case, say),
    )


def _content(case: Case, say: Language) -> dict[str, Any]:
    """What the parts of the page tell, by name."""
    return {
        "case": case,
        "version": __version__,
        "facts": facts(case, say),
        "conclusion": conclusion(case, say),
        "cards": cards(case, say),
        "measures": measures(case, say),
        "figures": {name: make(case, say) for name, make in FIGURES.items()},
        "plans": [(plan_header(plan, say), plan_rows(telling(plan), say)) for plan in case.scenarios],
        "columns": COLUMNS,
        "spread": spread(case, say),
        "booked": booked(case, say),
        "caused": caused(case, say),
        "groups": group_grids(case, say),
        "sweep": sweep(case),
        "grades": grade_rows(case, say),
        "weakest": weakest(case, say),
        "origin": origin(case, say),
    }


def sweep(case: Case) -> dict[str, Any] | None:
    """What the result hangs on, where a sweep was given: a sentence and tables."""
    if case.sweep is None:
        return None
    return {"verdict": sensitivity_verdict(case.sweep), "grids": sensitivity_grids(case.sweep)}


def _inert(data: Any) -> Markup:
    """JSON that can't end the element which holds it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
