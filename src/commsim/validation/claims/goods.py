"""Claims about goods: what draws and what earns, what is new, what is sold before it is bought."""

from commsim.validation.claims.claim import Claim
from commsim.validation.claims.contrasts import (
    Gain,
    Level,
    alike,
    at_most,
    less,
    more,
    positive,
)
from commsim.validation.claims.measures import Days, Outcome

_PROFIT, _SPOILT = Outcome("profit"), Outcome("cost_write_off")
_EARNS = "{name: earns %d, price: 30, unit_cost: 15, role: profit}"
_DRAWS = "{name: draws %d, price: 12, unit_cost: 10, role: traffic, appeal: 2}"
_SEASON = "days: 45\n"
_PATIENT = "\nbehaviour: {goods: {waiting: 0}}"
_PLAIN = "\nbehaviour: {goods: {drawn: 1}}"
"""Goods that draw bring no others along."""
_CAKES = "{name: cakes, price: 98, unit_cost: 45, appeal: 0.3, launched: 14, %s}"


def _shop(earn: int, draw: int) -> str:
    goods = [_EARNS % number for number in range(earn)] + [_DRAWS % number for number in range(draw)]
    return f"goods: {{}}\nproducts: [{', '.join(goods)}]"


def _new(cakes: str) -> str:
    return "goods: {}\nproducts: [{name: coffee, price: 30, unit_cost: 15}, " + _CAKES % cakes + "]"


GOODS_CLAIMS = (
    Claim(
        "24",
        "Sell first, then buy: what is sold before it is bought leaves nothing to spoil, and earns more than "
        "any stock: one that is twice or half what is wanted, or just that. (What waiting costs is put in by "
        "goods.waiting.)",
        "unmanaged-group",
        {
            "sold first": _SEASON + _new("presale_days: 10"),
            "too much": _SEASON + _new("stock: 1400, keeps: 30"),
            "too little": _SEASON + _new("stock: 350, keeps: 30"),
            "as wanted": _SEASON + _new("stock: 700, keeps: 30"),
            "sold first, nobody minds": _SEASON + _new("presale_days: 10") + _PATIENT,
        },
        (
            at_most("Spoilt, sold first", Level(_SPOILT, "sold first"), 0.01, "yuan"),
            positive("Spoilt, too much", Level(_SPOILT, "too much"), "yuan"),
            positive("Orders lost, too little", Level(Days("sold_out"), "too little"), "orders"),
            positive("Profit, sold first minus too much", Gain(_PROFIT, "sold first", "too much"), "yuan"),
            positive(
                "Profit, sold first minus too little", Gain(_PROFIT, "sold first", "too little"), "yuan"
            ),
            positive("Profit, sold first minus as wanted", Gain(_PROFIT, "sold first", "as wanted"), "yuan"),
            less("Orders until it is there", Days("orders", 14, 23), "sold first", "too much"),
            positive(
                "Profit, sold first minus as wanted, where nobody minds waiting",
                Gain(_PROFIT, "sold first, nobody minds", "as wanted"),
                "yuan",
            ),
        ),
    ),
    Claim(
        "60",
        "The best mix is several goods that draw and one or two that earn. (That goods that draw are wanted "
        "twice as much, and bring goods that earn along, is put in: appeal, goods.drawn.)",
        "unmanaged-group",
        {
            "mix": _shop(1, 3),
            "what earns": _shop(1, 0),
            "all earn": _shop(4, 0),
            "all draw": _shop(0, 4),
            "mix, put out": _shop(1, 3).replace(", appeal: 2", "") + _PLAIN,
        },
        (
            more("Orders", Outcome("orders"), "mix", "what earns"),
            positive("Profit, mix minus all that draw", Gain(_PROFIT, "mix", "all draw"), "yuan"),
            positive("Profit, mix minus the one that earns", Gain(_PROFIT, "mix", "what earns"), "yuan"),
            positive("Profit, mix minus four that earn", Gain(_PROFIT, "mix", "all earn"), "yuan"),
            positive("Profit of the mix, by what is put in", Gain(_PROFIT, "mix", "mix, put out"), "yuan"),
        ),
    ),
    Claim(
        "62",
        "New products thrill for a while. (That they do, and for how long, is put in by goods.novelty and "
        "goods.novelty_days.)",
        "unmanaged-group",
        {
            "new": _new("keeps: null"),
            "there already": _new("keeps: null") + "\nbehaviour: {goods: {novelty: 1}}",
        },
        (
            more("Orders in its first week", Days("orders", 14, 20), "new", "there already"),
            alike("Orders in its sixth week", Days("orders", 49, 55), "new", "there already", within=0.02),
            more("Orders over all 60 days", Outcome("orders"), "new", "there already"),
        ),
    ),
)
