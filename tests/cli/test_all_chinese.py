"""No English word is left in what any command prints or writes in Chinese."""

import json
import platform
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from typer.testing import CliRunner

from chinese import english, half_width, read_of
from commsim.cli import app, output
from commsim.core.errors import Exit
from commsim.scenario.shipped import shipped
from commsim.strategies.registry import kinds


def say(*args: object) -> str:
    """What a command prints in Chinese, whatever it ends with, but for a bug."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(output, "PIPE_WIDTH", 2000)  # no word is cut
        told = CliRunner().invoke(app, [*map(str, args)], env={"COMMSIM_LANG": "zh", "COLUMNS": "200"})
    assert told.exit_code != Exit.BUG, told.output
    assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
    return told.output


def commands() -> list[str]:
    return list(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["", *commands()])
def test_help(name: str):
    told = say(*([name] if name else []), "--help")
    assert english(told, *commands()) == []


PLAN = {
    "name": "小店",
    "about": "周末热闹的小群",
    "days": 15,
    "community": {"members": 60, "group_size": 30},
    "products": [{"name": "茶", "price": 30, "unit_cost": 15}],
    "strategies": [{"kind": "flash_sale", "discount": 0.2, "weekdays": ["tue", "thu"]}, {"kind": "content"}],
}
DESIGN = {
    "name": "两种做法",
    "scenario": "小店.yaml",
    "repetitions": 2,
    "levers": {"折扣": {"path": "strategies.flash_sale.discount", "values": [0.1, 0.3]}},
    "uncertainties": {"联系": {"path": "behaviour.buying.touch", "low": 0.0, "high": 0.1}},
    "sampling": {"levers": "grid", "uncertainties": {"method": "latin_hypercube", "samples": 10}},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Chinese plans, and wrong ones."""
    place = tmp_path_factory.mktemp("chinese")
    wrong = [{"kind": "flash"}, {"kind": "advert", "hour": 30}]
    files = {
        "小店": PLAN,
        "少做": PLAN | {"name": "少做", "strategies": [{"kind": "advert"}]},
        "错": PLAN | {"dais": 3, "days": "很多", "strategies": wrong},
        "设计": DESIGN,
    }
    for name, data in files.items():
        (place / f"{name}.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    _kept_data(place)
    (place / "空.yaml").write_text("", encoding="utf-8")
    (place / "数据").mkdir()
    (place / "数据/成员.csv").write_text("编号,群,入群时间\n甲,一群,2026-03-02\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        yield place


def _kept_data(place: Path) -> None:
    """What a shop has kept: orders, exports, groups for a trial, and what became of these."""
    (place / "记录").mkdir()
    days = [f"2026-03-{2 + day:02}" for day in range(20)]
    buyers = [f"甲{k}" for k in range(60)]
    tables = {
        "订单.csv": ["客户,下单时间"]
        + [
            f"{k},2026-{month:02}-{1 + k % 20:02}"
            for k in range(30)
            for month in range(1, 7)
            if (k + month) % 3
        ],
        "群.csv": ["群,成员数"] + [f"群{k},30" for k in range(12)],
        "结果.csv": ["group,outcome"] + [f"群{k},{10 + k}" for k in range(12)],
        "记录/成员.csv": ["成员,群聊,入群时间"]
        + [f"{one},群{k % 2},2026-02-01" for k, one in enumerate(buyers)],
        "记录/订单.csv": ["买家,下单时间,实付金额"]
        + [
            f"{one},{day},30"
            for k, one in enumerate(buyers)
            for d, day in enumerate(days)
            if (7 * k + 3 * d) % 17 == 0
        ],
        "记录/消息.csv": ["发送人,群聊,发送时间"]
        + [
            f"{one},群{k % 2},{day} 10:00"
            for k, one in enumerate(buyers)
            for d, day in enumerate(days)
            if (5 * k + d) % 13 == 0
        ],
    }
    for name, lines in tables.items():
        (place / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    history = {"file": "订单.csv", "customer": "客户", "date": "下单时间"}
    people = {"members": 60, "group_size": 30, "history": history}
    old = PLAN | {"name": "旧店", "start": "2026-07-01", "community": people}
    (place / "旧店.yaml").write_text(yaml.safe_dump(old, allow_unicode=True), encoding="utf-8")


WRONG = """
run
run 错.yaml
run 小店.yaml --days x
run 小店.yaml --lang fr
没有
run 小店.yaml --out 小店.yaml/甲
plan 小店.yaml --space 空.yaml
calibrate 小店.yaml --data 数据 --mapping 空.yaml
sweep 空.yaml --out 甲
export 没有 --out 甲 --for nix
evidence --grade X
schema 没有
"""
MORE_WRONG = """
run 没有
run 小店.yaml --seed -1
compare 小店.yaml 没有
compare 小店.yaml 少做.yaml --metric 没有
plan 小店.yaml --space 没有.yaml
plan 小店.yaml --objective 没有
plan 小店.yaml --margin 没有
flip 小店.yaml 少做.yaml --only 没有
pilot 小店.yaml --days x
pilot-read 没有 没有
calibrate 小店.yaml --data 没有
calibrate 小店.yaml --data 数据 --mapping 没有.yaml
calibrate 小店.yaml --data 数据
data 没有
data 小店.yaml
sweep 错.yaml --out 甲
status 数据
report 数据 -o 甲.html
report 没有 -o 甲.html
plot 没有
animate 没有
export 数据 --out 甲
show 小店.yaml --xlsx 甲.txt
strategies 没有
evidence 没有
claims 没有
claims --list --csv 甲.csv
validate --fact F99
validate 错.yaml
backtest 小店.yaml
backtest 错.yaml
init 没有
league 小店.yaml
league 小店.yaml 没有
explain 没有
serve 没有
serve --host
demo --export 没有/甲.html
discover 数据
demo --seed 99999999999999999
sensitivity 数据
"""


@pytest.mark.parametrize("lines", [WRONG, pytest.param(MORE_WRONG, marks=pytest.mark.slow)])
def test_errors(folder: Path, lines: str):
    for line in lines.strip().splitlines():
        told = say(*line.split())
        assert re.search(r"[\u4e00-\u9fff]", told), line
        assert english(told.replace("nix", "")) == [], told
        assert half_width(told) == [], told


def test_checks_and_data(folder: Path):
    told = say("check", "小店.yaml", "错.yaml", "空.yaml", "没有.yaml") + say("data", "数据")
    assert english(told) == []
    assert half_width(told) == []


def test_tables_of_settings():
    told = say("strategies") + say("strategies", "flash_sale") + say("evidence", "buying")
    told = _without_names(told)
    assert english(told, *CONDITIONS) == []
    assert half_width(told) == []


@pytest.mark.slow
def test_an_editor_explains_settings_in_chinese():
    told = list(_descriptions(json.loads(say("schema"))))
    assert len(told) > 900
    assert [one for one in told if not re.search(r"[\u4e00-\u9fff]", one)] == []


def _descriptions(schema: Any) -> Iterator[str]:
    match schema:
        case {"description": str() as text, **rest}:
            yield text
            yield from _descriptions(list(rest.values()))
        case dict():
            yield from _descriptions(list(schema.values()))
        case list():
            for part in schema:
                yield from _descriptions(part)


def _without_names(told: str) -> str:
    """Tables of settings without their English names, and without examples, which are as a plan has them."""
    return re.sub(r"^ *[a-z][\w.\[\]]*( {2,}|$)|{[^}]*}", "", told, flags=re.M)


CONDITIONS = ("segment", "channel", "tag", "friends", "unasked", "start")
"""What conditions choose members by, and ways to come."""


def test_shipped_plans_as_they_are_shown():
    told = "".join(map(say_shown, ("fruit-shop", "cash", "variety", "unlike-groups", "guide-campaign")))
    assert english(told) == []
    assert half_width(told) == []


def say_shown(name: str) -> str:
    return say("show", name)


@pytest.mark.slow
def test_all_shipped_plans_and_settings():
    told = "".join(map(say_shown, shipped()))
    told += re.sub(r"\S*/scenarios/", "", say("check", *shipped()))
    told += _without_names("".join(say("strategies", kind) for kind in kinds()) + say("evidence"))
    assert english(told, *CONDITIONS) == []
    assert half_width(told) == []


RUNS = """
run 小店.yaml --out 一次 --html 一次.html
compare 小店.yaml 少做.yaml --worlds 2 --workers 1 --html 两个.html --out 比较
best 小店.yaml 少做.yaml --within 999% --workers 1 --html 最优.html
flip 小店.yaml 少做.yaml --only buying.touch --worlds 4 --points 4 --workers 1 --html 翻转.html
explain 小店.yaml --worlds 2 --workers 1 --html 原因.html
league 小店.yaml 少做.yaml --worlds 2 --workers 1 --html 联赛.html
backtest 旧店.yaml --until 2026-04-30 --weeks 4 --worlds 2
plan 小店.yaml --runs 220 --doubts 1 --workers 1 --html 方案.html --write 得.yaml
plan 小店.yaml --write-space 选择.yaml
pilot 小店.yaml 少做.yaml --days 3,7 --before 7 --worlds 2 --points 1 --workers 1 --html 试点.html
pilot 小店.yaml 少做.yaml --days 7 --before 7 --worlds 2 --points 1 --draw 群.csv --list 名单.csv
pilot-read 名单.csv 结果.csv --html 读.html
calibrate 小店.yaml --data 记录 --runs 1000 --workers 1 --html 校准.html
plot 一次 decision growth -o 图.pdf --worlds 2 --workers 1
animate 一次 -o 影.gif --workers 1
demo --notes 讲师手册.html
report 一次 --worlds 2 --workers 1 -o 报告.html
sweep 设计.yaml --dry-run
sweep 设计.yaml --workers 1 --out 扫描
status 扫描
sensitivity 扫描
discover 扫描
report 扫描 -o 扫描.html
export 扫描 --out 表一
export 一次 --out 表二
claims 49 --worlds 2 --workers 1
validate --fact F6 --quick --workers 1
init
"""


ELSEWHERE = {"check", "data", "evidence", "schema", "show", "strategies"}
"""Commands that the tests above run; `serve` only shows a page, of which `tests/page`
searches the lesson in a browser."""


def test_the_walk_leaves_no_command_out():
    assert {line.split()[0] for line in RUNS.split("\n") if line} | ELSEWHERE | {"serve"} == set(commands())


@pytest.mark.slow
def test_results_and_pages(folder: Path):
    for line in RUNS.strip().splitlines():
        told = say(*line.split()).replace(platform.node(), "")
        assert english(told) == [], told
        assert half_width(told) == [], told
        assert re.findall(r"-0(?:\.0+)?(?![\d.])", told) == [], told
    for page in folder.glob("*.html"):
        told = read_of(page.read_text(encoding="utf-8"))
        assert english(told, "exp") == [], page
        assert half_width(told) == [], page
    for plan in ("得.yaml", "my-plan.yaml"):
        assert LATIN.findall(without_comments(Path(plan))) == [], plan
    chosen = yaml.safe_load(Path("选择.yaml").read_text(encoding="utf-8"))
    assert LATIN.findall("".join((chosen["name"], chosen["about"], *chosen["levers"]))) == []


LATIN = re.compile("[A-Za-z]{2,}")


def without_comments(file: Path) -> str:
    """A plan's file, where the segment that every plan has may be called `all`."""
    return re.sub(r"#.*|: all$", "", file.read_text(encoding="utf-8"), flags=re.M)


@pytest.mark.parametrize("name", ["active-group", "fruit-shop"])
def test_a_shipped_plan_is_the_same_in_both_languages(name: str):
    """But for what it says of itself."""
    from commsim.scenario.load import load
    from commsim.scenario.shipped_words import telling_in

    english_one = load(name)
    with telling_in("zh"):
        chinese = load(name)
    assert chinese.name != english_one.name
    goals = [one.model_copy(update={"goal": ""}) for one in english_one.strategies]
    assert [one.model_copy(update={"goal": ""}) for one in chinese.strategies] == goals
    told = {"name": chinese.name, "about": chinese.about, "strategies": chinese.strategies}
    assert english_one.model_copy(update=told) == chinese


def test_every_word_of_shipped_plans_is_told_once():
    """What a plan says and calls its own; nothing is kept that none says."""
    from commsim.scenario.load import load
    from commsim.scenario.shipped_words import own_words

    said: set[str] = {"{name}, planned", "{name} with other choices: {changes}"}
    for name in shipped():
        said |= _own(load(name))
    assert set(own_words()) == said - {""}


def _own(plan: Any) -> set[str]:
    people, cash = plan.community, plan.cash
    called = [*plan.products, *people.segments, *(people.groups or ()), *plan.rivals, *plan.seasons]
    called += [*plan.sources, *(cash.fixed if cash else ())]
    called += [one for one in plan.strategies if one.name != one.kind]
    said = {plan.name, plan.about.strip(), plan.caution, *(getattr(one, "name", "") for one in called)}
    said |= {theme for one in plan.strategies for theme in getattr(one, "themes", ())}
    return said | {one.goal for one in plan.strategies}


@pytest.mark.parametrize("name", ["fruit-shop", "beauty-welfare-group", "real-shop"])
def test_a_copy_of_a_shipped_plan(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    say("init", name)
    written = without_comments(Path(f"{name}.yaml"))
    assert LATIN.findall(re.sub(r"\S+\.csv|: (?:customer|date|amount)$", "", written, flags=re.M)) == []
    assert "没有错误" in say("check", f"{name}.yaml")


@pytest.mark.slow
@pytest.mark.parametrize("name", shipped())
def test_every_shipped_plan_can_be_copied(name: str):
    """Where it extends another one, things are named as there."""
    from commsim.scenario.in_chinese import copied

    file = shipped()[name]
    assert copied(file) != file.read_text(encoding="utf-8")
