"""Where evidence contradicts the guides: what each reading of members makes of a plan."""

from commsim.validation.claims.claim import Claim
from commsim.validation.claims.effects import Gain, Level, near, positive
from commsim.validation.claims.measures import Booked, Days, Outcome

_BOTH = {"guides": "reading: guides", "evidence": ""}
_SOLD = Booked("group_buying", ("sales",))
_SENT_ON = Days("resent", per="caught")

READINGS = (
    Claim(
        "R1",
        "Group buying makes people invite: it does by the guides' reading, and less by that of the evidence.",
        "group-buying",
        _BOTH,
        (
            positive("Joined, guides minus evidence", Gain(Days("joined"), "guides", "evidence"), "persons"),
            positive("Sold in teams, guides minus evidence", Gain(_SOLD, "guides", "evidence"), "yuan"),
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
