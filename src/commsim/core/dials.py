"""The dials of a member's day: the whole of how a mechanism acts on the choices of the core."""

from enum import StrEnum


class Dial(StrEnum):
    """One number per person and day that a kernel of the core adds to a choice; 0 changes nothing.

    A kernel reads dials and never a mechanism, so mechanisms compose by sums, in the order of the registry.
    """

    LOOK = "look"
    """Log-odds of looking in."""
    LIFT = "lift"
    """Share by which reminders raise the chance of looking in; 1 doubles it."""
    LEAVE = "leave"
    """Log of a factor on the chance to leave."""
    MUTE = "mute"
    """Log of a factor on the chance to mute."""
    TALK = "talk"
    """Log of a factor on the messages that they write."""
    BUY = "buy"
    """Log of a factor on the rate of buying, beside what is promoted: not capped, not borrowed from later."""
    PRICE = "price"
    """Log of their own price over that of everybody, at most 0: they pay it, and it counts as promoted."""
    EARLY = "early"
    """What is taken off their draw of when they come to a sale, among 0 to 1: with 1 they are first."""
    TEAM = "team"
    """Log of a factor on the chance to join a friend's team."""
    INVITE = "invite"
    """Log of a factor on the friends who accept their invitation."""
    TRUST = "trust"
    """Log of a factor on the trust that they gain from useful posts and good parcels."""
    AWAY = "away"
    """Share of their need that other shops fill while nobody promotes anything; taken as 0 to 1."""
    PULL = "pull"
    """Log of how strongly these draw them today, against the usual; for who has a need away only."""
    SEEN = "seen"
    """Buyers whom they have in mind at a sale, beside those whom it shows; whole ones count."""
