"""Workbooks and CSV as people make them, and what is wrong with them, cell by cell."""

import datetime as dt
import zipfile

import pytest
from books import HEAD, SALE, SETTINGS, book, changed
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from commsim.report.language import ENGLISH
from commsim.report.sheets.sheets import sheets_of
from commsim.report.sheets.workbook import write_workbook
from commsim.scenario.errors import ScenarioError
from commsim.scenario.load import load, load_plan


def strategies(file):
    return load(file).strategies


def problems(file) -> list[str]:
    with pytest.raises(ScenarioError) as refused:
        load_plan(file)
    return [str(problem).replace(f"{file}: ", "") for problem in refused.value.problems]


def test_a_row_is_a_strategy(tmp_path):
    plan = load(book(tmp_path / "p.xlsx"))
    (sale,) = plan.strategies
    assert (plan.name, plan.days) == ("from a sheet", 28)
    assert (sale.name, sale.weekdays, sale.hour, sale.discount) == ("evening", ("tue", "thu"), 20, 0.2)
    assert (sale.warm_up, sale.starts) == (2, 7)


@pytest.mark.parametrize(
    ("column", "value", "setting", "meant"),
    [
        (3, dt.time(20, 0), "hour", 20),
        (3, 20.0, "hour", 20),
        (3, "20", "hour", 20),
        (4, " 0.15 ", "discount", 0.15),
        (1, 2026, "name", "2026"),
        (1, "true", "name", "true"),
        (2, "sun", "weekdays", ("sun",)),
        (2, "mon，wed、 fri", "weekdays", ("mon", "wed", "fri")),
        (5, None, "warm_up", 0),
    ],
)
def test_a_cell_means_what_it_shows(column, value, setting, meant, tmp_path):
    row = [*SALE[:column], value, *SALE[column + 1 :]]
    (sale,) = strategies(book(tmp_path / "p.xlsx", Strategies=[HEAD, row]))
    assert getattr(sale, setting) == meant


@pytest.mark.parametrize(
    ("column", "value", "setting", "meant"),
    [
        (6, dt.datetime(2026, 3, 16), "starts", 14),
        (6, "2026-03-16", "starts", 14),
        (2, "mon-thu", "weekdays", ("mon", "tue", "wed", "thu")),
        (2, "周二、周四", "weekdays", ("tue", "thu")),
        (3, "20:00", "hour", 20),
        (4, "15%", "discount", 0.15),
        (4, "8折", "discount", 0.2),
    ],
)
def test_what_operators_write_is_read_in_a_cell_too(column, value, setting, meant, tmp_path):
    row = [*SALE[:column], value, *SALE[column + 1 :]]
    (sale,) = strategies(book(tmp_path / "p.xlsx", Strategies=[HEAD, row]))
    assert getattr(sale, setting) == meant


def test_settings_take_dates_truths_and_per_cent(tmp_path):
    file = tmp_path / "p.xlsx"
    book(file, Settings=[*SETTINGS, ["start", dt.datetime(2027, 1, 4)], ["community.by_segment", True]])
    made = load_workbook(file)
    made["Settings"].append(["community.muted", 0.25])
    made["Settings"].append(["target.orders", 0.05])
    for row in (6, 7):
        made["Settings"].cell(row, 2).number_format = "0%"
    made.save(file)
    plan = load(file)
    assert (plan.start, plan.community.by_segment, plan.community.muted) == (dt.date(2027, 1, 4), True, 0.25)
    assert [(goal.basis, goal.value) for goal in plan.target.goals] == [("share", 0.05)]


def test_days_are_counted_from_1904_where_the_workbook_says_so(tmp_path):
    made = Workbook()
    made.epoch = CALENDAR_MAC_1904
    made.active.title = "Settings"
    for row in (*SETTINGS, ["start", dt.datetime(2026, 3, 2)]):
        made.active.append(row)
    made.save(tmp_path / "p.xlsx")
    assert load(tmp_path / "p.xlsx").start == dt.date(2026, 3, 2)


def test_merged_rows_empty_rows_and_notes(tmp_path):
    file = book(
        tmp_path / "p.xlsx",
        Strategies=[
            ["# what we do", None, "# why"],
            HEAD,
            [*SALE[:4], 0.2],
            [None, "late", "fri", 22, 0.3],
            [],
            ["# not yet", "flash_sale"],
            [],
        ],
        **{"# ideas": [["anything"]]},
    )
    made = load_workbook(file)
    made["Strategies"].merge_cells("A3:A4")
    made.save(file)
    assert [(one.kind, one.name, one.discount) for one in strategies(file)] == [
        ("flash_sale", "evening", 0.2),
        ("flash_sale", "late", 0.3),
    ]


@pytest.mark.parametrize(
    "ladder", ["[{size: 2, price: 28}, {size: 5, price: 25}]", "{2: 28, 5: 25}", "2: 28, 5: 25"]
)
def test_parts_within_parts_are_written_as_in_yaml(ladder, tmp_path):
    rows = [["kind", "ladder"], ["group_buying", ladder]]
    (teams,) = strategies(book(tmp_path / "p.xlsx", Strategies=rows))
    assert [(rung.size, rung.price) for rung in teams.ladder] == [(2, 2800), (5, 2500)]


def test_a_sheet_of_strategies_without_rows_is_doing_nothing(tmp_path):
    settings = [["extends", "active-group"], ["name", "nothing"]]
    assert strategies(book(tmp_path / "p.xlsx", Settings=settings, Strategies=[HEAD])) == ()


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([HEAD, ["flash_sail", *SALE[1:]]], "Strategies!A2: strategies[0].kind: unknown kind"),
        ([HEAD, [None, *SALE[1:]]], "Strategies!B2: strategies[0]: says no kind of strategy"),
        ([HEAD, [*SALE[:4], 3]], "Strategies!E2: strategies[0].discount: must be 0 to 1"),
        ([HEAD, [*SALE[:6], "soon"]], "Strategies!G2: strategies[0].starts: must be a day of the run"),
        ([HEAD, [*SALE[:3], dt.time(20, 30)]], "Strategies!D2: strategies[0].hour"),
        ([HEAD, [*SALE[:2], "tue, mardi"]], "Strategies!C2: strategies[0].weekdays[1]"),
        ([[*HEAD[:4], "discout"], SALE[:5]], "Strategies!E1: there is no setting 'discout' for a column"),
        ([[*HEAD, "hour"], SALE], "Strategies!H1: is the head of two columns, hour"),
        ([HEAD, [*SALE, 4]], "Strategies!H2: stands in a column without a head"),
        ([[*HEAD, "total"], [*SALE, 4]], "Strategies!H2: strategies[0].total: unknown key"),
        ([HEAD, [*SALE[:4], "=1/10"]], "Strategies!E2: holds a formula (=1/10) that was never worked out"),
        ([["kind", "ladder"], ["group_buying", "[{size: 2"]], "Strategies!B2: '[{size: 2' can't be read"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_cell(rows, told, tmp_path):
    found = problems(book(tmp_path / "p.xlsx", Strategies=rows))
    assert any(one.startswith(told) for one in found), found


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([["dayz", 3]], "Settings!A4: dayz: unknown key; did you mean days?"),
        ([["days", 3], ["days", 4]], "Settings!A4: days: written twice; first in Settings!B3"),
        ([["community.members", 0]], "Settings!B4: community.members: must be 1 to"),
        ([["days.long", 3]], "Settings!A4: days.long: days has a value already"),
        ([[None, 3]], "Settings!B4: has no setting before it"),
        ([["products", "tea"]], "Settings!B4"),
    ],
)
def test_what_is_wrong_with_settings_is_told_with_its_cell(rows, told, tmp_path):
    found = problems(book(tmp_path / "p.xlsx", Settings=[*SETTINGS, *rows]))
    assert any(one.startswith(told) for one in found), found


def test_a_sheet_that_nobody_reads_is_no_surprise(tmp_path):
    (told,) = problems(book(tmp_path / "p.xlsx", Strategy=[HEAD, SALE]))
    assert told.startswith("Strategy: is no sheet of a plan; did you mean Strategies?")


def test_cells_across_columns_are_refused(tmp_path):
    file = book(tmp_path / "p.xlsx")
    made = load_workbook(file)
    made["Strategies"].merge_cells("C2:D2")
    made.save(file)
    assert problems(file)[0].startswith("Strategies!C2: C2:D2 is one cell across columns")


@pytest.mark.parametrize(
    ("cell", "value"), [("D5", "21:00"), ("A4", None), ("A400", "more"), ("F3", "renamed")]
)
def test_an_edit_of_the_calendar_is_not_lost(cell, value, tmp_path):
    file = tmp_path / "p.xlsx"
    plan = load_plan("flash-sale").scenario
    write_workbook(sheets_of(plan, tmp_path, ENGLISH), file, ENGLISH)
    assert load_plan(changed(file, "Strategies", "C3", "a goal of my own")).scenario != plan
    (told,) = problems(changed(file, "Calendar", cell, value))
    assert "follows from the other sheets and is not read; change the sheet of strategies" in told


@pytest.mark.parametrize("first", [None, 4])
def test_rows_taken_out_of_the_calendar_are_noticed(first, tmp_path):
    file = tmp_path / "p.xlsx"
    write_workbook(sheets_of(load_plan("flash-sale").scenario, tmp_path, ENGLISH), file, ENGLISH)
    made = load_workbook(file)
    page = made["Calendar"]
    page.delete_rows(first or page.max_row)
    made.save(file)
    assert len(problems(file)) == 1


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("p.xls", b"", "is an old Excel workbook; save it as an Excel workbook (.xlsx) or as CSV"),
        ("p.numbers", b"", "is a Numbers spreadsheet"),
        ("p.ods", b"", "is an OpenDocument spreadsheet"),
        ("p.xlsx", b"\xd0\xcf\x11\xe0" + bytes(99), "is an old .xls, or protected by a password"),
        ("p.xlsx", b"not a zip", "is not an Excel workbook, or damaged"),
        ("p.xlsx", b"", "is not an Excel workbook, or damaged"),
        ("p.xlsx", bytes(6_000_000), "has 6,000,000 bytes"),
        ("p.csv", bytes(3_000_000), "has over 2,000,000 bytes"),
        ("p.csv", b"\xff\x00\x80", "is neither UTF-8 nor GB18030"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_with_words(name, content, told, tmp_path):
    (tmp_path / name).write_bytes(content)
    (found,) = problems(tmp_path / name)
    assert told in found


def packed(file, **parts: bytes):
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return file


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"xl__workbook": bytes(70_000_000)}, "would unpack to 70,000,000 bytes, no plan does"),
        (
            {"xl__workbook": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'},
            "declares what no workbook",
        ),
        ({"something": b"<a/>"}, "can't be read as an Excel workbook"),
    ],
)
def test_what_could_blow_up_is_refused(parts, told, tmp_path):
    (found,) = problems(packed(tmp_path / "p.xlsx", **parts))
    assert told in found


def test_a_cell_far_away_is_refused(tmp_path):
    file = book(tmp_path / "p.xlsx")
    assert "has 1,048,576 rows" in problems(changed(file, "Strategies", "XFD1048576", 1))[0]


CALENDAR = """\
extends;unmanaged-group
name;从表格来
;
kind;name;weekdays;hour;discount
flash_sale;晚场;tue,thu;20;0.2
content;早安;;8;
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_calendar_alone_in_csv(encoding, separator, tmp_path):
    text = CALENDAR.replace(";", separator)
    (tmp_path / "p.csv").write_bytes(text.replace("\n", "\r\n").encode(encoding))
    plan = load(tmp_path / "p.csv")
    assert (plan.name, plan.community.members) == ("从表格来", 2000)
    assert [(one.name, one.hour) for one in plan.strategies] == [("晚场", 20), ("早安", 8)]


def test_errors_in_csv_have_line_and_column(tmp_path):
    (tmp_path / "p.csv").write_text(CALENDAR.replace("20;0.2", "25;2").replace(";", ";"), encoding="utf-8")
    found = [str(problem) for problem in _refused(tmp_path / "p.csv")]
    assert found[0].startswith(f"{tmp_path / 'p.csv'}:5:4: strategies[0].hour: must be 0 to 23")
    assert found[1].startswith(f"{tmp_path / 'p.csv'}:5:5: strategies[0].discount: must be 0 to 1")


def _refused(file):
    with pytest.raises(ScenarioError) as refused:
        load_plan(file)
    return refused.value.problems


WEEKS = """\
extends,unmanaged-group
方案名称,按周排
天数,28

星期,时间,玩法,商品,价格,折扣,第几周
周一至周四,20:00,限时秒杀,coffee,26,,
周五,20:00,限时秒杀,coffee,,8.5折,
周六,12点,内容,,,,单周
"""


def test_a_calendar_of_weeks_in_chinese(tmp_path):
    (tmp_path / "p.csv").write_text(WEEKS, encoding="gb18030")
    plan = load(tmp_path / "p.csv")
    assert (plan.name, plan.days) == ("按周排", 28)
    assert [(one.name, one.weekdays, one.hour) for one in plan.strategies] == [
        ("flash_sale mon-thu 20:00", ("mon", "tue", "wed", "thu"), 20),
        ("flash_sale fri 20:00", ("fri",), 20),
        ("content", ("sat",), 12),
    ]
    assert [getattr(one, "price", None) for one in plan.strategies] == [2600, None, None]
    assert (plan.strategies[2].weeks, plan.strategies[2].cycle) == ((1,), 2)


def test_a_sheet_of_weeks_tells_errors_with_their_cells(tmp_path):
    sale, post = ["mon-thu", "20:00", "flash_sale", 0.2], ["fri", 8, "content", 1]
    rows = [["days", "hour", "do", "discount"], sale, post]
    made = load_workbook(book(tmp_path / "p.xlsx", Weeks=rows))
    del made["Strategies"]
    made.save(tmp_path / "p.xlsx")
    (told,) = problems(tmp_path / "p.xlsx")
    assert told.startswith("Weeks!D3: weeks[1].discount: unknown key")


def test_heads_of_columns_may_be_chinese_in_a_workbook(tmp_path):
    rows = [["玩法", "名称", "星期", "时间", "优惠"], ["限时秒杀", "晚场", "周二", 20, 0.2]]
    (told,) = problems(book(tmp_path / "p.xlsx", Strategies=rows))
    assert told.startswith("Strategies!E1: there is no setting '优惠' for a column")
    for head, written in (("优惠比例", 0.2), ("折扣", "8折")):
        sheet = [[*rows[0][:4], head], [*rows[1][:4], written]]
        (sale,) = strategies(book(tmp_path / "p.xlsx", Strategies=sheet))
        assert (sale.kind, sale.name, sale.discount) == ("flash_sale", "晚场", 0.2)
    for unclear in (0.2, "20%"):
        sheet = [[*rows[0][:4], "折扣"], [*rows[1][:4], unclear]]
        (told,) = problems(book(tmp_path / "p.xlsx", Strategies=sheet))
        assert told.startswith(f"Strategies!E2: 折扣: {unclear} may be what is paid or what is taken off")


@pytest.mark.parametrize(
    ("cell", "only"),
    [("north, 2", ("north", 2)), ("north", ("north",)), ("[north, 2]", ("north", 2)), (2, (2,))],
)
def test_groups_of_a_strategy_are_named_with_commas(cell, only, tmp_path):
    groups = [["name", "members"], ["north", 50], ["south", 60]]
    rows = [[*HEAD[:5], "groups", "who"], [*SALE[:5], cell, "segment: all"]]
    (sale,) = strategies(book(tmp_path / "p.xlsx", Strategies=rows, Groups=groups))
    assert sale.groups.only == only
    assert sale.who.segment == ("all",)


def test_damage_anywhere_is_told_and_nothing_else_happens(tmp_path):
    file = book(tmp_path / "p.xlsx")
    whole = file.read_bytes()
    found = set()
    for at in range(40, len(whole), len(whole) // 40):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 255]) + whole[at + 1 :])
        found.add(_told(file)[:20])
    assert {"", "is not an Excel work"} <= found


def _told(file) -> str:
    """What is said of a workbook; empty if it can be read."""
    try:
        load_plan(file)
    except ScenarioError as error:
        return error.problems[0].what
    return ""
