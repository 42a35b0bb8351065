"""The report is one harmless file that says what the command line says."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import numpy as np
import pytest
from hostile_plans import HARM, LONG, QUOTES

from commsim.analysis.closeup import gather
from commsim.analysis.compare import compare
from commsim.records.manifest import provenance
from commsim.report.case import Case, comparison_case, run_case
from commsim.report.figures import FIGURES
from commsim.report.html.evidence import put_in
from commsim.report.html.page import report_html
from commsim.report.language import ENGLISH, Language, language
from commsim.report.svg import draw
from commsim.report.svg.lines import APART, apart
from commsim.report.verdict import verdict
from commsim.scenario.schema import Scenario
from commsim.simulation.run import simulate
from commsim.validation.claims.catalogue import CLAIMS
from commsim.validation.evidence import evidence

DOCS = Path(__file__).parents[2] / "docs"


class Page(HTMLParser):
    """Elements with their attributes, and the text of styles, scripts and all else."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.inside: dict[str, list[str]] = {"script": [], "style": []}
        self.text = ""
        self.open = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.open = tag

    def handle_endtag(self, tag):
        self.open = ""

    def handle_data(self, data):
        if self.open in self.inside:
            self.inside[self.open].append(data)
        else:
            self.text += data


@pytest.fixture(scope="module")
def html(case):
    return report_html(case)


@pytest.fixture(scope="module")
def page(html):
    return Page(html)


def test_nothing_comes_from_outside(html, page):
    attributes = [(name, value) for _, given in page.tags for name, value in given.items()]
    assert not [name for name, _ in attributes if name in ("src", "href", "srcset", "style", "action")]
    assert not [name for name, _ in attributes if name.startswith("on")]
    assert not re.search(r"url\(|@import|https?://", page.inside["style"][0] + page.inside["script"][1])


def test_the_policy_allows_this_script_and_these_styles_alone(page):
    (policy,) = (
        given["content"] for tag, given in page.tags if given.get("http-equiv") == "Content-Security-Policy"
    )
    data, script = page.inside["script"]
    for kind, text in (("script", script), ("style", page.inside["style"][0])):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert json.loads(data)["plans"]


def test_names_are_text_and_never_markup(html, page):
    tags = [tag for tag, _ in page.tags]
    assert tags.count("script") == 2
    assert "img" not in tags
    assert HARM in page.text
    assert QUOTES in page.text
    assert HARM not in html
    assert len(LONG) > 10_000
    assert page.text.count(" …") == 3  # what the plans are about, and a goal


def test_the_decision_is_that_of_the_command_line(case, page):
    assert verdict(case.comparison) in page.text
    for name in ("decision", "plans", "curves", "funnel", "retention", "growth", "money", "causes", "fatigue",
                 "groups", "replay", "evidence", "origin"):  # fmt: skip
        assert name in [given.get("id") for tag, given in page.tags if tag == "section"]
    assert str(case.seed) in page.text


def test_what_is_put_in_is_said_to_be(case):
    """What a run group adds by itself, as these plans have it, in both languages."""
    (plan, *others) = case.scenarios
    buying = plan.behaviour.buying.model_copy(update={"touch": 0.125})
    more = plan.model_copy(update={"behaviour": plan.behaviour.model_copy(update={"buying": buying})})
    rows = {row[0]: row for row in put_in(SimpleNamespace(scenarios=(more, *others)), ENGLISH).rows}
    assert rows["behaviour.buying.touch"][2:] == ("0.125, 0.05", "-0.05 to 0.2")
    for say in (ENGLISH, language("zh")):
        text = Page(report_html(case, say)).text
        assert all(part in text for row in put_in(case, say).rows for part in row)


def test_all_that_puts_in_a_sign_and_is_used_is_named():
    """Read off what settings say of themselves: those of mechanisms that no plan uses are left out."""
    shop = [{"name": "tea", "price": 30, "unit_cost": 15}]
    many = [{"kind": kind} for kind in ("membership", "service", "distributor_rebate")]
    told, alone = (
        {row[0] for row in put_in(SimpleNamespace(scenarios=(plan,)), ENGLISH).rows}
        for plan in (
            Scenario.model_validate({"name": "p", "products": shop, "strategies": strategies})
            for strategies in (many, [])
        )
    )
    behaviour = ("membership.belonging", "membership.leaving", "service.buying", "service.leaving")
    more = {"distributor_rebate.trained", *(f"behaviour.{name}" for name in behaviour)}
    assert more <= told
    assert {"behaviour.buying.touch"} <= alone < told
    assert not more & alone


def test_what_docs_and_claims_say_is_put_in_says_so_itself():
    """Each parameter that a page of a mechanism or a claim calls put in."""
    docs = "\n".join(file.read_text("utf-8") for file in (DOCS / "mechanisms").glob("*.md"))
    rows = re.findall(r"^\| (`[^`|]+`)[^|]* \|.*\*\*puts? in", docs, re.MULTILINE)
    brackets = re.findall(r"\(([^()]*\bputs? in\b[^()]*)\)", " ".join(claim.says for claim in CLAIMS))
    named = {name for part in (*rows, *brackets) for name in re.findall(r"\b([a-z_]+\.[a-z_]+)\b", part)}
    about = {one.setting.path.removeprefix("behaviour."): one.setting.about for one in evidence()}
    assert {"rivals.pool", "bait.muted"} <= named & set(about)
    assert {name for name in named & set(about) if not re.search(r"\bputs? in\b", about[name])} == set()


def test_the_replay_holds_the_numbers_of_the_run(case, page):
    data = json.loads(page.inside["script"][0])
    for plan, closeup in zip(data["plans"], case.closeups, strict=True):
        daily, members = closeup.typical.daily, closeup.typical.members
        assert plan["daily"]["orders"] == daily["orders"].tolist()
        assert sum(map(len, plan["orders"])) == daily["orders"].sum()
        assert sum(day >= 0 for day in plan["left"]) == daily["left"].sum()
        assert sum(day >= 0 for day in plan["joined"]) == daily["joined"].sum()
        assert len(plan["group"]) == (members["status"] != 0).sum()
        assert plan["profit"][-1] == round(closeup.typical.ledger["fen"].sum() / 100)


@pytest.mark.parametrize("code", ["en", "zh"])
def test_every_figure_is_a_drawing_with_a_text_alternative_and_a_table(case, code):
    say = language(code)
    for make in FIGURES.values():
        figures = make(case, say)
        assert figures
        for figure in figures:
            drawing = ElementTree.fromstring(draw(figure))
            assert drawing.attrib["role"] == "img"
            assert figure.measured in drawing.attrib["aria-label"]
            assert len(drawing) > 3
            grid = figure.grid()
            assert grid.rows
            assert all(len(row) == len(grid.header) for row in grid.rows)


def test_labels_at_the_ends_of_lines_keep_apart_and_on_the_sheet():
    assert apart([10.0, 50.0], 200.0) == [10.0, 50.0]
    assert apart([198.0, 199.0, 200.0], 200.0) == [200.0 - 2 * APART, 200.0 - APART, 200.0]
    assert apart([50.0, 51.0], 200.0) == [50.0, 50.0 + APART]


class Listening(Language):
    """Chinese that notes what it has no words for."""

    def __init__(self) -> None:
        super().__init__("zh", language("zh").words)
        self.missing: set[str] = set()

    def __call__(self, text, **parts):
        if text not in self.words and re.search("[a-z]", text):
            self.missing.add(text)
        return super().__call__(text, **parts)


def test_the_report_is_chinese_throughout(case):
    say = Listening()
    page = Page(report_html(case, say))
    assert ("html", {"lang": "zh-Hans"}) in page.tags
    assert "结论" in page.text
    assert say.missing == set()


def test_translations_take_the_same_parts():
    def parts(text):
        return sorted(re.findall(r"\{[^}]*\}", text))

    words = language("zh").words
    assert len(words) > 250
    assert {text for text, told in words.items() if parts(text) != parts(told)} == set()


def test_a_single_run_is_told_with_what_its_strategies_add(case):
    alone = run_case(case.scenarios[0], 9, provenance(["commsim"]), worlds=2, workers=1)
    text = Page(report_html(alone, ENGLISH)).text
    assert re.search(r"earns [\d,.-]+ yuan over 16 days, on the mean of 2 worlds", text)
    assert re.search(r"Its strategies (add|cost) [\d,.]+ yuan", text)


def test_a_plan_in_which_nothing_happens_is_reported_too():
    nothing = {
        "name": "nothing",
        "days": 2,
        "community": {"members": 3, "group_size": 3},
        "products": [{"name": "a", "price": 1, "unit_cost": 0, "appeal": 0.0}],
    }
    alone = run_case(Scenario.model_validate(nothing), 1, provenance([]), worlds=2, workers=1)
    text = Page(report_html(alone)).text
    assert "Nobody joined." in text
    assert "The plans have no strategies." in text


@pytest.mark.parametrize(("code", "word"), [("en", "Members with a level"), ("zh", "有等级的会员")])
def test_what_a_mechanism_counts_is_a_curve_of_the_plans_that_use_it(code, word):
    shop = {"name": "coffee", "price": 30, "unit_cost": 15}
    small = {"days": 12, "community": {"members": 60, "group_size": 30}, "products": [shop]}
    without = Scenario.model_validate({"name": "without", **small})
    levels = {"kind": "levels", "at": [{"spent": 30}]}
    plain = Scenario.model_validate({"name": "with", **small, "strategies": [levels]})
    closeups = gather([without, plain], [3, 4], typical=4, workers=1)
    assert [[one.name for one in closeup.added] for closeup in closeups] == [[], ["levelled"]]
    never = {"kind": "levels", "at": [{"spent": 1_000_000}]}
    idle = Scenario.model_validate({"name": "idle", **small, "strategies": [never]})
    flat = Case(("idle",), gather([idle], [3, 4], typical=4, workers=1), None, provenance([]), 3)
    assert "curves-levelled" not in [figure.key for figure in FIGURES["curves"](flat, ENGLISH)]
    pair = Case(("without", "with"), closeups, None, provenance([]), 3)
    *_, last = FIGURES["curves"](pair, language(code))
    assert (last.title, [one.name for one in last.series]) == (word, ["with"])
    counted = [simulate(plain, seed).daily["levelled"] for seed in (3, 4)]
    assert last.series[0].values.tolist() == np.mean(counted, axis=0).tolist()
    assert last.series[0].values[-1] > 0


@pytest.mark.slow
def test_two_shipped_plans_over_90_days_stay_below_a_megabyte():
    from commsim.scenario.length import with_days

    plans = [with_days(Scenario.load(name), 90) for name in ("active-group", "distributor-rebate")]
    found = compare(plans, worlds=2, workers=1)
    html = report_html(comparison_case(found, plans, provenance([]), worlds=2, workers=1))
    assert 100_000 < len(html.encode()) < 1_000_000
