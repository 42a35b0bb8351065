"""Where evidence contradicts the guides: what each reading of members makes of a plan."""

from commsim.validation.claims.claim import Claim
from commsim.validation.claims.effects import Gain, Level, more, near, positive
from commsim.validation.claims.measures import Booked, Days, Outcome

_BOTH = {"guides": "reading: guides", "evidence": ""}
_SENT_ON = Days("resent", per="caught")

READINGS = (
    Claim(
        "R1",
        "Group buying makes people invite: it does by the guides' reading, and less by that of the evidence.",
        "group-buying",
        _BOTH,
        (
            more("Joined, guides against evidence", Days("joined"), "guides", "evidence"),
            more(
                "Sold in teams, guides against evidence",
                Booked("group_buying", ("sales",)),
                "guides",
                "evidence",
            ),
        ),
    ),
    Claim(
        "R2",
        "An envelope is only a cost: by the guides' reading; by that of the evidence a little comes back.",
        "red-envelope",
        _BOTH,
        (
            near("Sent on per yuan caught, guides", Level(_SENT_ON, "guides"), 0, 0.001, "yuan"),
            positive("Sent on per yuan caught, evidence", Level(_SENT_ON, "evidence"), "yuan"),
            positive("Look in, evidence minus guides", Gain(Outcome("active"), "evidence", "guides")),
        ),
    ),
)
