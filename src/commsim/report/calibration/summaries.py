"""Names of summaries as people read them."""

import re

from commsim.core.units import WEEKDAYS
from commsim.report.language import Language

_NAME = re.compile(r"(\w+)\.(\w+)(?:\[([^\]]*)\])?")
_FAMILIES = {
    "leaves": "leavers",
    "joins": "newcomers",
    "messages": "messages",
    "writers": "writers",
    "orders": "orders",
    "check_ins": "check-ins",
    "envelopes": "shares of envelopes",
    "orders_and_messages": "orders and messages",
    "check_ins_and_messages": "check-ins and messages",
    "envelopes_and_messages": "shares of envelopes and messages",
}
_KINDS = {
    "rate": "{what}: level",
    "span": "{what}: level in part {part} of the time",
    "weekday": "{what}: on {weekday} beside other days",
    "busiest": "{what}: the busiest day beside the mean",
    "quietest": "{what}: the quietest three days beside the mean",
    "steady": "{what}: how uneven the days of the loudest five are",
    "days_apart": "{what}: how uneven days are",
    "lag": "{what}: likeness of days {part} apart",
    "top": "{what}: share of the top {percent} of members",
    "none": "{what}: members without any",
    "quantile": "{what}: of a member whom {percent} do not exceed",
    "members_apart": "{what}: how uneven members are",
    "active_days": "{what}: days on which an active member is so",
    "halves": "{what}: likeness of a member's two halves of the time",
    "went_on": "{what}: who go on in the second half",
    "per_writer": "{what}: of a writer on a day",
    "uneven_days": "{what}: how uneven a writer's days are",
    "between_groups": "{what}: how uneven groups are",
    "with_messages": "{what}: more on days with many messages",
    "of_writers": "{what}: more among those who write much",
    "old": "{what}: level of those there from the start",
    "new": "{what}: level of who came later",
    "at_least": "{what}: members with {part} or more",
    "dispersion": "{what}: spread of numbers over members",
    "gaps": "{what}: how uneven the days between two of a member are",
    "still": "{what}: buyers who bought again towards the end",
    "price": "{what}: mean paid on a day",
    "cheaper": "{what}: share under the usual price",
    "dearer": "{what}: share over the usual price",
    "days": "{what}: go together by day",
    "members": "{what}: go together by member",
    "writers": "{what}: orders of those who write",
    "silent": "{what}: orders of those who don't write",
    "again": "{what}: who come back on the next day",
    "leavers": "{what}: more among those who leave",
    "same_day": "{what}: go together by member and day",
}


def summary(name: str, say: Language) -> str:
    """What a summary is called."""
    found = _NAME.fullmatch(name)
    assert found is not None
    family, kind, part = found.groups()
    told = {"what": say(_FAMILIES[family])}
    if kind == "weekday":
        told["weekday"] = say(WEEKDAYS[int(part)])
    elif kind in ("top", "quantile"):
        told["percent"] = f"{100 * float(part):g} %"
    elif part is not None:
        told["part"] = str(int(part) + 1) if kind == "span" else part
    return say(_KINDS[kind], **told)
