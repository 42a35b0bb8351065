"""What a plan says of members who sit in several groups, in a line."""

from collections.abc import Iterator

from commsim.report.language import ENGLISH, Language
from commsim.scenario.several_groups import SeveralGroups


def told_several_groups(section: SeveralGroups, say: Language = ENGLISH) -> str:
    """``40 % of people sit in 2 further groups of the shop; 20 groups of other people on a phone``."""
    return say.parts(_told(section, say))


def _told(section: SeveralGroups, say: Language) -> Iterator[str]:
    if section.share:
        told = "further groups of the shop for {share} of people: {count}"
        yield say(told, share=f"{100 * section.share:.4g} %", count=section.further)
    if section.others is not None:
        yield say("groups of other people on a phone (median): {count}", count=f"{section.others:g}")
