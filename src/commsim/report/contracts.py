"""What the parties beside the shop get and bear by a plan, in a line."""

from collections.abc import Iterator

from commsim.report.language import ENGLISH, Language
from commsim.report.parties import NAMES
from commsim.scenario.parties import Parties, Party


def told_parties(parties: Parties, say: Language = ENGLISH) -> str:
    """``Supplier: 65 % of the usual price; bears goods, shipping``, one after the other."""
    told = (
        say("{party}: {what}", party=say(NAMES[role]), what=say.parts(_told(party, say)))
        for role, party in parties.named().items()
    )
    return say(". ").join(told)


def _told(party: Party, say: Language) -> Iterator[str]:
    shares = (
        (party.of_usual, "{share} of the usual price of each order"),
        (party.of_paid, "{share} of what is paid"),
        (party.discounts, "pays {share} of discounts"),
    )
    for share, words in shares:
        if share:
            yield say(words, share=f"{100 * share:.4g} %")
    if party.bears:
        yield say("bears {costs}", costs=say.listed(say.choice(one).replace("_", " ") for one in party.bears))
