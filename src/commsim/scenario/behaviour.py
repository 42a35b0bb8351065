"""The parameters of the members' behaviour, each with its unit, plausible range, source and grade.

They belong to people, not to plans: two plans that are compared share them.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict

from commsim.core.units import param

_PROTOTYPE = "tuned on the stylised facts of docs/validation.md"


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _p(
    default: float,
    about: str,
    unit: str,
    source: str,
    grade: Any,
    low: float,
    high: float,
    plausible: tuple[float, float] | None = None,
) -> Any:
    return param(
        default, about, unit=unit, source=source, grade=grade, low=low, high=high, plausible=plausible
    )


class Look(_Section):
    """Whether a member looks into the group on a day: the gate of all that he sees."""

    ceiling: float = _p(0.97, "Highest chance of a look", "probability", "assumed", "D", 0.0, 1.0)
    muted: float = _p(
        0.25,
        "Factor on looking when the group is muted",
        "factor",
        "China Youth Daily 2020: 26 % regularly read shopping groups",
        "C",
        0.0,
        1.0,
        (0.1, 0.4),
    )
    envelope: float = _p(
        0.07,
        "Lift of looking on a day with an envelope",
        "share",
        "assumed, sign after Yuan et al. 2017",
        "D",
        0.0,
        1.0,
        (0.0, 0.2),
    )
    habituation: float = _p(
        0.90,
        "Factor on it per envelope in the last 7 days",
        "factor",
        "operators' lore on shape",
        "D",
        0.0,
        1.0,
        (0.85, 1.0),
    )
    check_in: float = _p(
        0.10,
        "Lift of looking on the day after a check-in",
        "share",
        "vendors' raw 15-30 %, a third to a half of it causal",
        "D",
        0.0,
        1.0,
        (0.03, 0.25),
    )
    attention: float = _p(
        3.0,
        "Presence at an event is 1 - exp(-attention x weight of its hours)",
        "rate",
        "assumed",
        "D",
        0.0,
        20.0,
    )
    preview: float = _p(
        0.25,
        "Lift of the weight for who saw a warm-up post",
        "share",
        "operators' guides, size assumed",
        "D",
        0.0,
        2.0,
    )
    own_hours: float = _p(
        2.0, "Factor on presence in a person's favourite part of the day", "factor", "assumed", "D", 1.0, 2.8
    )


class Activity(_Section):
    """Value learned from looking, and the activity that it sustains."""

    learning: float = _p(
        0.15, "Weight of today's look in the learned value", "share", "assumed", "D", 0.0, 1.0
    )
    floor: float = _p(
        0.02, "Activity without any value", "probability", "app retention floor (Adjust 2022)", "C", 0.0, 0.5
    )
    talk: float = _p(0.1, "Value per message seen", "value", _PROTOTYPE, "D", 0.0, 2.0)
    readable: float = _p(
        60.0,
        "Messages a day that a member can read",
        "messages",
        "limited attention; size assumed",
        "D",
        1.0,
        1000.0,
    )
    envelope: float = _p(
        0.5, "Value of a caught share from an envelope of 10 yuan", "value", "assumed", "D", 0.0, 5.0
    )
    deal: float = _p(0.4, "Value of a real deal seen", "value", "assumed", "D", 0.0, 5.0)
    spam: float = _p(
        0.12, "Value lost per member's advert seen", "value", "sign: 87 % see much junk (2020)", "D", 0.0, 5.0
    )
    advert: float = _p(
        0.10, "Value lost per empty advert seen", "value", "sign: China Youth Daily 2016", "D", 0.0, 5.0
    )
    half_life: float = _p(
        10.0,
        "Median half-life of activity",
        "days",
        "groups live 1 week to 6 months (Qiu Ye 2015)",
        "C",
        0.5,
        365.0,
        (4.0, 30.0),
    )
    half_life_spread: float = _p(
        0.5, "Log standard deviation of it across people", "log", "assumed", "D", 0.0, 2.0
    )
    start: float = _p(
        0.6,
        "Activity at joining is this x (0.5 + share)",
        "probability",
        "app day-1 analogue, scaled up",
        "C",
        0.0,
        0.9,
    )
    push: float = _p(
        0.04,
        "Push on activity from an envelope share of 10 yuan",
        "rate",
        "next-day carry-over +7 %, assumed",
        "D",
        0.0,
        1.0,
    )


class Talk(_Section):
    """Who writes, and how talk feeds on topics and on talk."""

    spread: float = _p(
        1.8,
        "Log standard deviation of talk rates across people",
        "log",
        "van Mierlo 2014; IRC counts",
        "B",
        0.0,
        3.0,
        (1.5, 2.2),
    )
    topics: float = _p(
        0.55, "Messages per looker from bond and topics", "messages", _PROTOTYPE, "D", 0.0, 10.0
    )
    reply: float = _p(
        2.0, "Replies per message a head", "messages", "54 % of messages are replies (n = 1)", "D", 0.0, 10.0
    )
    saturation: float = _p(
        0.6, "Messages a head at which replies halve", "messages", _PROTOTYPE, "D", 0.01, 10.0
    )
    size: float = _p(
        0.15,
        "Talk per head falls with group size to this power",
        "exponent",
        "mixed evidence",
        "C",
        0.0,
        1.0,
        (0.0, 0.35),
    )
    bond_spread: float = _p(
        0.8,
        "Log standard deviation of bonds across groups",
        "log",
        "bimodal lifetimes (Qiu et al. 2016), size assumed",
        "D",
        0.0,
        2.0,
    )
    half_life: float = _p(
        10.0, "Median half-life of topics", "days", "Qiu Ye 2015", "C", 0.5, 365.0, (4.0, 30.0)
    )
    half_life_spread: float = _p(
        0.9,
        "Log standard deviation of it across groups",
        "log",
        "bimodal lifetimes (Qiu et al. 2016), size assumed",
        "D",
        0.0,
        2.0,
    )
    most_topics: float = _p(1.2, "Topics never exceed this", "topics", "assumed", "D", 0.0, 10.0)
    spam_damping: float = _p(
        0.35, "Talk falls by exp(-this x spam per 100 members)", "rate", _PROTOTYPE, "D", 0.0, 5.0
    )
    envelope: float = _p(
        4.0,
        "Factor on talk of catchers for the hour after",
        "factor",
        "sign Yuan et al. 2017, size assumed",
        "D",
        1.0,
        20.0,
        (2.0, 8.0),
    )


class Stay(_Section):
    """Muting and leaving, on commercial messages received."""

    leave: float = _p(
        0.0015,
        "Leave hazard without messages",
        "per day",
        "operators' figures 9-28 % a month are high",
        "C",
        0.0,
        1.0,
        (0.0005, 0.004),
    )
    leave_message: float = _p(
        0.002,
        "Leave hazard per message received",
        "per message",
        "e-mail opt-out .001-.005 a campaign",
        "B",
        0.0,
        1.0,
        (0.001, 0.005),
    )
    mute_message: float = _p(
        0.003,
        "Mute hazard per message received",
        "per message",
        "set so that .5 to .8 are muted in the long run",
        "D",
        0.0,
        1.0,
        (0.001, 0.01),
    )
    crowding: float = _p(
        0.75,
        "Both hazards rise by this share per message a day above one",
        "share",
        "more than 3 pushes a day: x2.5 (vendor)",
        "C",
        0.0,
        5.0,
    )
    crowded: float = _p(
        4.0, "Messages a day above which they rise no more", "messages", "assumed", "D", 1.0, 100.0
    )
    spam: float = _p(
        0.25,
        "How much an advert of a member counts beside a post of the operator",
        "share",
        "assumed: skipped more easily than what the shop posts",
        "D",
        0.0,
        1.0,
    )
    forgiving: float = _p(
        0.5,
        "Share of the hazards that full value takes away",
        "share",
        "Ferecatu et al. 2024, form",
        "C",
        0.0,
        1.0,
    )
    heard_muted: float = _p(
        0.25,
        "Share of messages that count for a muted member",
        "share",
        "as look.muted",
        "C",
        0.0,
        1.0,
        (0.1, 0.4),
    )
    leave_muted: float = _p(
        0.5, "Factor on leaving by messages when muted", "factor", "assumed", "D", 0.0, 1.0
    )
    invited: float = _p(
        0.82,
        "Factor on leaving when invited by a friend",
        "factor",
        "Schmitt et al. 2011",
        "B",
        0.0,
        1.0,
        (0.75, 0.95),
    )
    recruiter: float = _p(
        0.7,
        "Factor on leaving for who has recruited",
        "factor",
        "Garnefeld et al. 2013 (matched)",
        "B",
        0.0,
        1.0,
        (0.37, 1.0),
    )


class Fatigue(_Section):
    """Two-part fatigue on commercial messages seen (Ferecatu et al. 2024: passing and lasting)."""

    response: float = _p(
        0.85,
        "Factor on an announcement's log effect per message of passing fatigue",
        "factor",
        "form Ferecatu et al. 2024, size assumed",
        "C",
        0.01,
        1.0,
        (0.75, 0.95),
    )
    half_life: float = _p(2.5, "Half-life of passing fatigue", "days", "assumed", "D", 0.1, 60.0, (1.0, 7.0))
    annoyance: float = _p(
        0.006,
        "Lasting annoyance per message seen",
        "annoyance",
        "form Ferecatu et al. 2024, size assumed",
        "D",
        0.0,
        1.0,
    )


class Spam(_Section):
    """Members' adverts: copied where nobody acts, held down where rules are enforced."""

    start: float = _p(
        0.5,
        "Adverts by members per day per 100 members at the start",
        "adverts",
        "operators' lore",
        "D",
        0.0,
        2.0,
        (0.1, 3.0),
    )
    growth: float = _p(
        0.099,
        "Daily growth without enforcement (doubles in a week)",
        "per day",
        "operators' lore",
        "D",
        0.0,
        1.0,
    )
    control: float = _p(0.5, "Daily fall under full enforcement", "per day", "assumed", "D", 0.0, 1.0)
    floor: float = _p(0.05, "Never falls below", "adverts", "assumed", "D", 0.0, 2.0)
    ceiling: float = _p(2.0, "Never rises above", "adverts", "assumed", "D", 0.0, 50.0)


class Buying(_Section):
    """From a need to an order."""

    shape: float = _p(
        0.35,
        "Gamma shape of buying rates across people",
        "shape",
        "BG/NBD fits .24-.46: CDNOW, grocery, apparel",
        "B",
        0.05,
        10.0,
        (0.24, 0.46),
    )
    trial: float = _p(
        0.006,
        "Mean hazard of a first order of who never bought",
        "per day",
        "join to first order .15 in 30 d",
        "D",
        0.0,
        1.0,
    )
    trial_shape: float = _p(0.5, "Gamma shape of it across people", "shape", "assumed", "D", 0.05, 10.0)
    lapse_a: float = _p(
        0.6,
        "Beta a of the chance to lapse after an order",
        "shape",
        "BG/NBD fits .51-.79",
        "B",
        0.01,
        50.0,
        (0.5, 0.8),
    )
    lapse_b: float = _p(3.0, "Beta b of it", "shape", "BG/NBD fits 2.1-3.4", "B", 0.01, 50.0, (2.1, 3.4))
    past_weeks: float = _p(
        52.0, "Weeks for which buyers have been customers at the start", "weeks", "assumed", "D", 0.0, 1000.0
    )
    elasticity: float = _p(
        2.8,
        "Median price elasticity",
        "exponent",
        "Bijmolt et al. 2005 (2.62), van Heerde & Neslin 2008 (3.63)",
        "A",
        0.0,
        10.0,
        (2.0, 4.5),
    )
    elasticity_spread: float = _p(
        0.25, "Log standard deviation of it across people", "log", "cheese, 88 retailers", "B", 0.0, 2.0
    )
    reference_gain: float = _p(
        0.2,
        "Extra response below the reference price",
        "exponent",
        "loss weighs 1.5-2.5 x gain",
        "C",
        0.0,
        5.0,
    )
    reference_loss: float = _p(
        0.4, "Extra response above the reference price", "exponent", "Hardie et al. 1993", "C", 0.0, 5.0
    )
    reference_speed: float = _p(
        0.031,
        "Move of the reference price to a price seen",
        "per day",
        "carry-over .8 per week",
        "C",
        0.0,
        1.0,
    )
    cap: float = _p(8.0, "Highest uplift of a buying rate", "factor", "assumed", "D", 1.0, 50.0, (5.0, 15.0))
    aware: float = _p(
        0.82,
        "Awareness of the shelf outside the group",
        "share",
        "Luckin: joining is worth 10-40 %",
        "C",
        0.0,
        1.0,
    )
    aware_activity: float = _p(
        0.25, "Activity at which a member is fully aware", "probability", _PROTOTYPE, "D", 0.01, 1.0
    )
    advert: float = _p(
        1.8,
        "Uplift of an advert seen by a fresh reader",
        "factor",
        "display x2.5 in store (cheese)",
        "C",
        1.0,
        5.0,
        (1.2, 2.6),
    )
    scarcity: float = _p(
        1.10,
        "Uplift of limited time or supply",
        "factor",
        "meta-analyses disagree",
        "C",
        1.0,
        2.0,
        (1.0, 1.3),
    )
    scarcity_wear: float = _p(
        0.85,
        "Factor on its log per scarce offer in the last 14 days",
        "factor",
        "Hmurovic et al. 2023, size assumed",
        "C",
        0.0,
        1.0,
        (0.7, 0.95),
    )
    first_buyer: float = _p(
        0.26, "Log uplift of one visible buyer", "log", "Muchnik et al. 2013 (+32 %)", "A", 0.0, 2.0
    )
    more_buyers: float = _p(
        0.25,
        "Elasticity to the number of visible buyers",
        "exponent",
        "You et al. 2015 (.236)",
        "B",
        0.0,
        1.0,
        (0.1, 0.4),
    )
    trust: float = _p(
        0.53,
        "Log uplift per standard deviation of trust",
        "log",
        "SAGE Open 2022, intention to behaviour",
        "B",
        0.0,
        3.0,
    )
    borrowed: float = _p(
        0.15,
        "Need used up by an order beyond what was wanted",
        "share",
        "van Heerde et al. 2000: dip 4-25 % of the bump",
        "B",
        0.0,
        1.0,
        (0.1, 0.4),
    )
    arrival_half_life: float = _p(
        18.0,
        "Half-life of order arrival after opening",
        "minutes",
        "flash windows (vendor)",
        "C",
        1.0,
        240.0,
        (10.0, 40.0),
    )
    regret: float = _p(0.002, "Trust lost by who comes when all is sold", "trust", "assumed", "D", 0.0, 0.5)


class Trust(_Section):
    """Slow to win, quick to lose."""

    start: float = _p(0.5, "Mean trust of a member at the start", "trust", "scale", "D", 0.0, 1.0)
    spread: float = _p(0.12, "Standard deviation of it across people", "trust", "assumed", "D", 0.0, 0.5)
    good: float = _p(0.02, "Gain from a good delivery, x (1 - trust)", "trust", "assumed", "D", 0.0, 1.0)
    bad: float = _p(0.15, "Loss from a bad one, x trust", "trust", "negativity bias, 5-8 x", "D", 0.0, 1.0)
    spam: float = _p(0.0015, "Loss per member's advert seen, x trust", "trust", "assumed", "D", 0.0, 1.0)
    advert: float = _p(0.001, "Loss per empty advert seen, x trust", "trust", "assumed", "D", 0.0, 1.0)
    recovery: float = _p(0.01, "Daily return to a person's own base", "per day", "assumed", "D", 0.0, 1.0)
    scale: float = _p(0.15, "One standard deviation in the trust uplift", "trust", "assumed", "D", 0.01, 1.0)


class Habit(_Section):
    """Habits of check-in and of weekly events, per occasion (Lally et al. 2010)."""

    speed: float = _p(
        0.045,
        "Median gain per occasion, x (1 - habit)",
        "per occasion",
        "median 66 d to 95 % (Lally et al. 2010)",
        "B",
        0.0,
        1.0,
        (0.012, 0.167),
    )
    speed_spread: float = _p(
        0.66,
        "Log standard deviation of it across people",
        "log",
        "range 18-254 d (Lally et al. 2010)",
        "B",
        0.0,
        2.0,
    )
    missed: float = _p(
        0.005,
        "Share lost per missed occasion",
        "share",
        "one miss is harmless (Lally et al. 2010)",
        "B",
        0.0,
        1.0,
        (0.0, 0.02),
    )


class Invite(_Section):
    """Friends bring friends."""

    dispersion: float = _p(
        0.15,
        "Gamma shape of sociability across people",
        "shape",
        "Goel et al. 2012: 70-95 % of cascades are lone",
        "B",
        0.01,
        10.0,
        (0.05, 0.5),
    )
    delay: float = _p(4.0, "Mean days from being asked to joining", "days", "assumed", "D", 1.0, 60.0)
    lasting: float = _p(
        1.16,
        "Value of a referred member's buying rate",
        "factor",
        "Schmitt et al. 2011",
        "B",
        0.5,
        2.0,
        (1.0, 1.25),
    )
    spread_effort: float = _p(
        0.6,
        "Effort of who joins a team, against who launches it",
        "share",
        _PROTOTYPE,
        "D",
        0.0,
        1.0,
        (0.5, 0.7),
    )
    last_partner: float = _p(
        0.3, "Weight of asking the last partner again", "factor", "BeiBei: 2.3 % same partner", "B", 0.0, 1.0
    )


class Behaviour(_Section):
    """All of it; any field may be overridden in a scenario, for a study of what it decides."""

    look: Look = Look()
    activity: Activity = Activity()
    talk: Talk = Talk()
    stay: Stay = Stay()
    fatigue: Fatigue = Fatigue()
    spam: Spam = Spam()
    buying: Buying = Buying()
    trust: Trust = Trust()
    habit: Habit = Habit()
    invite: Invite = Invite()
