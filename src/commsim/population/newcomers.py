"""Rows kept for newcomers by channels: who they are is drawn with the world, only how many come is not.

They stand after all outsiders, channel by channel, so that everybody else keeps their row and their luck.
They know nobody.  Those whom steps select by how often they buy, with an exponent b, have gamma rates of
shape + b where all whom the channel reaches have the shape: the tilted distribution is gamma again.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Bools
from commsim.core.luck import Purpose, key, purpose, salt, uniforms
from commsim.core.mechanisms.sources import SOURCES
from commsim.population import quantiles
from commsim.population.layout import draw_segments
from commsim.population.people import TRAITS, Population
from commsim.population.traits import draw_slots, draw_traits, usual_rate
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.channels import Channel
from commsim.scenario.schema import Scenario

_BOUGHT = purpose("sources, who has bought before they join")


def with_newcomers(population: Population, scenario: Scenario, seed: int) -> Population:
    """The same world with rows for who comes by the plan's channels; itself where there are none."""
    if not scenario.sources or population.seats is not None:
        return population
    first, sizes = population.n_persons, [one.seats(scenario) for one in scenario.sources]
    bounds = first + np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
    ids, which = np.arange(first, int(bounds[-1])), np.repeat(np.arange(len(sizes)), sizes)
    segment = _segments(scenario, seed, ids, which)
    traits = draw_traits(seed, segment, scenario.community.segments, scenario.behaviour, first=first)
    _select(traits, segment, scenario, seed, bounds)
    shares = np.array([[one.usual.buyers, _of(scenario.behaviour, one, "muted")] for one in scenario.sources])
    usual = scenario.community.muted
    muted = uniforms(key(seed, Purpose.TRAIT, 0, salt("muted")), ids)
    nobody, n = np.full(len(ids), -1, np.int32), population.last_order
    k, events = population.regularity, population.events
    return replace(
        population,
        trait_rows=np.concatenate([population.trait_rows, traits], axis=1),
        slot=np.concatenate([population.slot, draw_slots(seed, len(ids), first=first)]),
        segment=np.concatenate([population.segment, segment]),
        group=np.concatenate([population.group, nobody]),
        muted=np.concatenate([population.muted, muted < usual + (1.0 - usual) * shares[which, 1]]),
        buyer=np.concatenate([population.buyer, uniforms(key(seed, _BOUGHT), ids) < shares[which, 0]]),
        alive=np.concatenate([population.alive, np.ones(len(ids), np.bool_)]),
        offsets=np.append(population.offsets, np.repeat(population.offsets[-1:], len(ids))),
        last_order=None if n is None else np.concatenate([n, np.full(len(ids), np.inf)]),
        regularity=None if k is None else np.concatenate([k, np.ones(len(ids), np.int8)]),
        events=None if events is None else np.concatenate([events, np.zeros(len(ids), np.int8)]),
        labels=population.labels and (*population.labels, *map(str, ids)),
        seats=bounds,
    )


def first_trust(population: Population, scenario: Scenario) -> NDArray[np.float32]:
    """What the channel adds to the trust of each newcomer when they join, in the order of their rows."""
    assert population.seats is not None
    added = [_of(scenario.behaviour, one, "trust") for one in scenario.sources]
    return np.repeat(np.array(added, np.float32), np.diff(population.seats))


def _of(behaviour: Behaviour, channel: Channel, what: str) -> float:
    section = getattr(behaviour, SOURCES.name)
    return float(getattr(section, f"{channel.kind}_{what}"))


def _segments(
    scenario: Scenario, seed: int, ids: NDArray[np.int64], which: NDArray[np.int64]
) -> NDArray[np.int8]:
    """By the shares of the community, or the one that a channel names."""
    segments = scenario.community.segments
    found = draw_segments(segments, len(ids), seed, first=int(ids[0]) if len(ids) else 0)
    names = [segment.name for segment in segments]
    for number, channel in enumerate(scenario.sources):
        if channel.segment:
            of_it: Bools = which == number
            found[of_it] = names.index(channel.segment)
    return found


_LEAST = np.float32(1e-30)
"""Draws below it are too small to divide by; with a small shape they are many."""


def _select(
    traits: NDArray[np.float32],
    segment: NDArray[np.int8],
    scenario: Scenario,
    seed: int,
    bounds: NDArray[np.int64],
) -> None:
    """Rates of buying of those whom the steps let through, times what the channel makes of them."""
    rate, shape = traits[TRAITS.index("buy_rate")], scenario.behaviour.buying.shape
    usual, first, segments = quantiles.gamma(shape), int(bounds[0]), scenario.community.segments
    for number, channel in enumerate(scenario.sources):
        start, stop = (int(bound) for bound in bounds[number : number + 2])
        ids, at = np.arange(start, stop), slice(start - first, stop - first)
        worth = np.float32(_of(scenario.behaviour, channel, "value"))
        if channel.tilt:
            stream, more = key(seed, Purpose.TRAIT, 0, salt("buy_rate")), shape + channel.tilt
            chosen = quantiles.draw(stream, ids, quantiles.gamma(more)) * np.float32(more / shape)
            before, scale = quantiles.draw(stream, ids, usual), usual_rate(segment[at], segments)
            more_often = np.divide(chosen, before, out=np.zeros_like(chosen), where=before > _LEAST)
            rate[at] = np.where(before > _LEAST, rate[at] * more_often, chosen * scale)
        rate[at] *= worth
