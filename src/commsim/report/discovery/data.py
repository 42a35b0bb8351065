"""What scenario discovery has found as plain data and CSV; money in yuan, shares between 0 and 1."""

from typing import Any

from commsim.analysis.discovery import Discovery
from commsim.analysis.discovery.boxes import Found
from commsim.analysis.discovery.prim import Measures
from commsim.report.data import FORMAT, to_csv
from commsim.report.discovery.tables import discovery_verdict


def discovery_data(found: Discovery) -> dict[str, Any]:
    """All of it; null for limits that a box does not have."""
    return {
        "format": FORMAT,
        "design": found.name,
        "outcome": found.measure.name,
        "unit": found.measure.unit,
        "question": str(found.question),
        "verdict": discovery_verdict(found),
        "notes": [str(note) for note in found.notes],
        "cases": len(found.cases.wanted),
        "share": found.share,
        "boxes": [_box(found, box) for box in found.boxes],
        "scores": [
            {"setting": found.axis(one.setting).name, "share": one.share, "chance": one.chance}
            for one in found.scores
        ],
        "pair": {
            "settings": [found.axis(one).name for one in found.pair.settings],
            "share": found.pair.share,
            "chance": found.pair.chance,
        }
        if found.pair
        else None,
        "policies": list(found.policies),
        "satisfies": found.cases.satisfies,
        "robustness": [
            {
                "criterion": one.name,
                "about": one.about,
                "values": one.values.tolist(),
                "lower_is_better": one.lower,
                "chooses": None if one.best is None else found.policies[one.best],
                "firm": one.firm,
            }
            for one in found.robustness
        ],
    }


def _box(found: Discovery, box: Found) -> dict[str, Any]:
    limits = []
    for one, quasi, again in zip(box.box, box.quasi, box.again, strict=True):
        axis = found.axis(one.setting)
        low, high = found.values(one)
        kept = None if one.kept is None else [axis.choices[int(at)][0] for at in sorted(one.kept)]
        limits.append(
            {"setting": axis.name, "low": low, "high": high, "values": kept, "quasi_p": quasi, "again": again}
        )
    return {
        "passes": box.passes,
        "chance": box.chance,
        "limits": limits,
        **_measures(box.measures),
        "elsewhere": _measures(box.elsewhere),
    }


def _measures(one: Measures) -> dict[str, float]:
    return {"coverage": one.coverage, "density": one.density, "support": one.support}


def discovery_csv(found: Discovery) -> str:
    """A row per case: its settings, what is asked for, whether it is of interest, its box or 0."""
    frame = found.frame()
    return to_csv(tuple(frame.columns), frame.itertuples(index=False))
