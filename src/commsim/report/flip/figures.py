"""What would turn a comparison round, as figures: a tornado, and the lead over the two that decide."""

from pathlib import Path
from typing import Any

import numpy as np

from commsim.analysis.flip import Flip
from commsim.analysis.flip.field import Field
from commsim.core.arrays import Floats
from commsim.report.flip.tables import shown
from commsim.report.flip.words import called, rival, value
from commsim.report.language import Language, language
from commsim.report.numbers import labelled
from commsim.report.panels import Chart, Figure, Tornado
from commsim.report.plots.files import plot_result

MOST = 12
"""Bars of the tornado."""


def flip_figures(found: Flip, say: Language) -> dict[str, list[Figure]]:
    """The figures by name; none of nothing."""
    return {
        "tornado": [_tornado(found, say)] if shown(found) else [],
        "map": [_chart(found, found.map, say)] if found.map is not None else [],
    }


def _tornado(found: Flip, say: Language) -> Tornado:
    rows = tuple(
        (
            called(one.unknown, say),
            one.low.mean,
            one.high.mean,
            value(one.unknown.low),
            value(one.unknown.high),
        )
        for one in shown(found)[:MOST]
    )
    return Tornado(
        say=say,
        key="tornado",
        title=say("What moves the lead of {first}", first=found.plans[0]),
        unit=found.measure.unit,
        measured=say(
            "{measure}: {first} less {second}",
            measure=labelled(found.measure, say), first=found.plans[0], second=rival(found, say),
        ),
        note=say(
            "Each by itself, from one end of its range to the other; the numbers at the bars are these ends. "
            "The dashed line is the lead as the plans are; left of 0 the other plan is ahead."
        ),
        rows=rows,
        usual=found.found.lead.mean,
        low=say("at the low end"),
        high=say("at the high end"),
    )  # fmt: skip


def _chart(found: Flip, field: Field, say: Language) -> Chart:
    return Chart(
        say=say,
        key="map",
        title=say("The lead over the two that decide most"),
        unit=found.measure.unit,
        measured=say(
            "{measure}: {first} less {second}",
            measure=labelled(found.measure, say), first=found.plans[0], second=rival(found, say),
        ),
        note=say(
            "All else as the plans have it; the frame is around the values nearest to theirs. Below 0 the "
            "other plan is ahead."
        ),
        down=called(field.down, say),
        across=called(field.across, say),
        rows=tuple(f"{one:.3g}" for one in field.rows),
        columns=tuple(f"{one:.3g}" for one in field.columns),
        values=np.asarray(field.leads),
        marked=(_nearest(field.rows, field.down.value), _nearest(field.columns, field.across.value)),
    )  # fmt: skip


def _nearest(values: tuple[float, ...], wanted: float) -> int:
    apart: Floats = np.abs(np.array(values) - wanted)
    return int(np.argmin(apart))


def plot_flip(found: Flip, file: str | Path | None, lang: str) -> Any:
    """Draw the tornado and the map; see `commsim.report.plots.files.plot_result`."""
    return plot_result(flip_figures(found, language(lang)), file, found.plans)
