"""Both languages say the same things, every word that is used is there, and every field has a control."""

import json
import re
from importlib.resources import files

import pytest

from commsim.core.mechanism import words
from commsim.page import lesson
from commsim.page.forms import forms
from commsim.strategies.registry import BUILT_IN

STATIC = files("commsim.page") / "static"
EN, ZH = (
    json.loads((STATIC / f"{lang}.json").read_text(encoding="utf-8")) | lesson.words(lang) | words(lang)
    for lang in ("en", "zh")
)
SCRIPTS = {
    file.name: file.read_text(encoding="utf-8")
    for file in (
        *STATIC.iterdir(),
        *(STATIC / "league").iterdir(),
        *(files("commsim.page") / "league").iterdir(),
    )
    if file.name.endswith((".js", ".html"))
}
OPTIONAL = ("field.", "help.", "unit.", "choice.", "plan.", "about.")


def needed(words):
    return {key for key in words if not key.startswith(OPTIONAL) and not key.endswith(".one")}


def test_both_dictionaries_have_the_same_keys():
    assert needed(EN) == needed(ZH)


@pytest.mark.parametrize("key", sorted(key for key in needed(EN) if isinstance(EN[key], str)))
def test_both_fill_in_the_same_values(key):
    values = [set(re.findall(r"\{[\w.]+\}", words[key])) for words in (EN, ZH)]
    assert values[0] == values[1]


def test_every_word_that_the_page_asks_for_is_there():
    text = "".join(SCRIPTS.values())
    asked = set(re.findall(r"""\bt\("([\w.]+)"[,)]""", text)) | set(
        re.findall(r'data-(?:t|label)="([\w.]+)"', text)
    )
    assert len(asked) > 60
    assert asked - set(EN) == set()


def test_every_word_is_asked_for():
    text = "".join(SCRIPTS.values())
    families = (
        "lesson.",
        "draw.unit.",
        "state.",
        "pulse.",
        "figure.",
        "number.",
        "card.",
        "quick.",
        "curve.",
        "kind.",
        "story.deed.",
        "story.muted",
        "story.unmuted",
        "story.left",
        "fate.",
        "mark.",
        "series.",
        "turn.",
        "weighed.",
        "part.",
        "happened.",
        "daily.",
        "event.",
        "terms",
        "unlawful.",
        "pathway.",
        "league.of.",
        "league.for.",
    )
    idle = [key for key in needed(EN) if f'"{key}"' not in text and not key.startswith(families)]
    assert idle == []


def test_glossaries_explain_the_same_terms():
    assert len(EN["terms"]) == len(ZH["terms"]) >= 15
    assert all(len(entry) == 3 for entry in EN["terms"] + ZH["terms"])


def test_chinese_names_every_field_of_the_built_in_strategies():
    for form in forms()[: len(BUILT_IN)]:
        assert f"kind.{form['kind']}" in ZH
        for field in form["fields"]:
            for name in (field["name"], *(column["name"] for column in field.get("columns", ()))):
                assert f"field.{form['kind']}.{name}" in ZH or f"field.{name}" in ZH, name


def test_chinese_explains_every_field_of_the_built_in_strategies():
    dumb = [
        (form["kind"], one["name"])
        for form in forms()[: len(BUILT_IN)]
        for one in ({"name": "", **form}, *form["fields"])
        if one["about"] and not one["about_zh"]
    ]
    assert dumb == []


def test_every_field_has_a_control_that_the_page_knows():
    known = re.search(r"const CONTROLS = \{(.*?)\}", SCRIPTS["fields.js"], re.DOTALL)
    assert known
    controls = set(re.findall(r"\w+", known[1]))
    assert {field["control"] for form in forms() for field in form["fields"]} <= controls


def test_a_form_has_the_strategys_own_fields_first_with_limits():
    advert = next(form for form in forms() if form["kind"] == "advert")
    posts, hours, *_ = advert["fields"]
    assert (posts["name"], posts["control"], posts["low"], posts["high"]) == ("posts", "integer", 1, 20)
    assert hours["control"] == "numbers"
    assert {"kind", "name", "starts", "ends"}.isdisjoint(field["name"] for field in advert["fields"])
    ladder = next(field for form in forms() for field in form["fields"] if field["name"] == "ladder")
    assert [column["name"] for column in ladder["columns"]] == ["size", "price"]


def test_the_page_has_no_inline_script_and_no_address_outside():
    for page in (text for name, text in SCRIPTS.items() if name.endswith(".html")):
        assert re.findall(r"<script(?![^>]*src=)[^>]*>|\son\w+=|style=|javascript:", page) == []
    own = "".join(SCRIPTS.values()).replace("http://www.w3.org/2000/svg", "")
    assert re.findall(r"https?://[\w.]+", own) == []


def test_nothing_becomes_markup():
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", "".join(SCRIPTS.values())
    )
