"""What streams came to, and what became of shills, as tables."""

from commsim.analysis.counts import Counts
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import cell
from commsim.report.tables import Grid

_NOUGHT = 1e-9


def stream_grids(counted: Counts, say: Language = ENGLISH) -> list[Grid]:
    """How many watched, ordered and sent back, each as a share of those before; none for other runs."""
    if "streams" not in counted:
        return []
    number = counted["streams"].iloc[0]
    watched, orders, streams = number["watched"], number["live_orders"], number["streams"]
    rows = (
        (say("Watched, a stream"), cell(watched / max(1.0, streams), "persons"), ""),
        (say("Watched, in all"), cell(watched, "persons"), ""),
        (say("Orders from streams"), cell(orders, "orders"), _share(orders, watched)),
        (
            say("Of these, sent back so far"),
            cell(number["returned"], "orders"),
            _share(number["returned"], orders),
        ),
    )
    title = say("Live selling, days with a stream: {number}", number=cell(streams, "days"))
    return [Grid(title, (say("Live selling"), say("Number"), say("Share")), rows)]


def shill_grids(counted: Counts, say: Language = ENGLISH) -> list[Grid]:
    """What shills pretended, and who found out; none for other runs."""
    if "shills" not in counted:
        return []
    number = counted["shills"].iloc[0]
    rows = (
        (say("Days of shills in groups"), cell(number["shills"], "days")),
        (say("Orders that nobody made, shown at sales"), cell(number["pretended"], "orders")),
        (say("Groups that found out"), cell(number["found_out"], "orders")),
        (say("Persons who learned of it"), cell(number["learned_today"], "persons")),
    )
    return [Grid(say("Shills"), (say("Shills"), say("Number")), rows)]


def _share(part: float, whole: float) -> str:
    return cell(part / whole, "share") if whole > _NOUGHT else ""
