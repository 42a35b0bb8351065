"""Keyed luck: every random decision is a pure function of what it decides.

A draw is ``uniform(key(seed, purpose, day, salt), person)``: a counter-based hash,
so a result never depends on order, on process or machine, or on what else a
scenario holds.  The mixing function is the finaliser of SplitMix64 (Steele, Lea
and Flood 2014, "Fast splittable pseudorandom number generators").
"""

import operator
from enum import IntEnum
from hashlib import blake2b
from typing import SupportsIndex

import numpy as np

from commsim.core.arrays import Floats, Ints
from commsim.core.compiled import njit, vectorize
from commsim.core.errors import InputError

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_SECOND = np.uint64(0xD1B54A32D192ED03)
_M1 = np.uint64(0xBF58476D1CE4E5B9)
_M2 = np.uint64(0x94D049BB133111EB)
_ONE, _S11, _S27, _S30, _S31 = (np.uint64(number) for number in (1, 11, 27, 30, 31))
_TO_UNIT = 1.0 / (1 << 53)
MAX_SEED = (1 << 63) - 1


class Purpose(IntEnum):
    """What a draw decides.  Numbers are part of every result: append, never renumber."""

    TRAIT = 1
    GRAPH = 2
    GROUP = 3
    LOOK = 4
    STAY = 5
    PRESENT = 6
    ARRIVE = 7
    CATCH = 8
    SPLIT = 9
    RESEND = 10
    CHECK_IN = 11
    BUY = 12
    SHELF = 13
    LAPSE = 14
    ASK = 15
    PICK = 16
    INVITE = 17
    DELAY = 18
    TALK = 19
    DELIVERY = 20
    PLACE = 21
    REACH = 22
    STRATEGY = 23
    PAST = 24
    MEET = 25
    SAMPLE = 26
    HOUR = 27
    AGAIN = 28


def whole_seed(seed: SupportsIndex) -> int:
    """A seed of any whole type, such as numpy's, as a plain number; InputError if it is none."""
    try:
        number = operator.index(seed)
    except TypeError:
        number = -1
    if not 0 <= number <= MAX_SEED:
        raise InputError(f"{seed!r} is not a seed", remedy="give a whole number from 0 to 2**63 - 1")
    return number


def key(seed: int, purpose: int, day: int = 0, salt: int = 0) -> np.uint64:
    """The stream of draws for one purpose on one day; ``salt`` tells strategies apart."""
    return np.uint64(stream(seed, int(purpose), day, salt))


def salt(name: str) -> int:
    """A stable 63-bit number for a strategy's name (the same on every machine)."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big") >> 1


def purpose(decision: str) -> int:
    """A purpose of draws for a decision of a mechanism, told from all others by its name."""
    return salt(f"purpose: {decision}")


@njit("uint64(uint64)")
def mix(x):  # type: ignore[no-untyped-def]
    """Mix the bits of a 64-bit number (SplitMix64's finaliser)."""
    x = (x ^ (x >> _S30)) * _M1
    x = (x ^ (x >> _S27)) * _M2
    return x ^ (x >> _S31)


@njit("uint64(uint64, int64, int64, uint64)")
def stream(seed, purpose, day, salt):  # type: ignore[no-untyped-def]
    """`key`, for use inside kernels."""
    x = mix(np.uint64(seed) * _GOLDEN + _ONE)
    x = mix((x ^ np.uint64(purpose)) + _GOLDEN)
    x = mix((x ^ np.uint64(day)) + _GOLDEN)
    return mix((x ^ np.uint64(salt)) + _GOLDEN)


@njit("float64(uint64, int64)")
def uniform(stream, person):  # type: ignore[no-untyped-def]
    """One draw in [0, 1) for a person; for use inside kernels."""
    return np.int64(mix(stream + np.uint64(person + 1) * _GOLDEN) >> _S11) * _TO_UNIT


@njit("float64(uint64, int64, int64)")
def uniform_pair(stream, person, other):  # type: ignore[no-untyped-def]
    """One draw in [0, 1) for an ordered pair (person, other person or ordinal)."""
    inner = mix(stream + np.uint64(person + 1) * _GOLDEN)
    return np.int64(mix(inner + np.uint64(other + 1) * _SECOND) >> _S11) * _TO_UNIT


@vectorize(["float64(uint64, int64)"])
def _uniforms(stream, person):  # type: ignore[no-untyped-def]
    return uniform(stream, person)


@vectorize(["float64(uint64, int64, int64)"])
def _uniforms_pair(stream, person, other):  # type: ignore[no-untyped-def]
    return uniform_pair(stream, person, other)


def uniforms(stream: np.uint64, persons: Ints) -> Floats:
    """Draws in [0, 1), one per person id; equal to `uniform` bit for bit."""
    return np.asarray(_uniforms(stream, persons))


def uniforms_pair(stream: np.uint64, persons: Ints, others: Ints) -> Floats:
    """Draws in [0, 1), one per pair of ids; equal to `uniform_pair` bit for bit."""
    return np.asarray(_uniforms_pair(stream, persons, others))
