"""Exports are read as what they are, whatever their form, and what can't be used is told."""

import contextlib
import csv
import pickle
import random
import sys
from pathlib import Path

import pytest
import yaml

from commsim.core.errors import InputError
from commsim.exchange.reading import read_exports, read_folder
from commsim.scenario.load import load
from commsim.simulation.observing import observe

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
sys.path.insert(0, str(EXAMPLES))
import toy_exports  # noqa: E402

MEMBERS = [
    ["成员ID", "手机号", "昵称", "群名称", "入群时间", "退群时间"],
    ["a", "13800000001", "小王", "一群", "2026-06-01 10:00", ""],
    ["b", "13800000002", "小李", "一群", "2026/7/2", "2026/7/4"],
    ["c", "13800000003", "小李", "二群", "", ""],
]
SAID = [
    ["发送人ID", "发送时间", "消息内容"],
    ["a", "2026-07-01 08:00", "秘密"],
    ["a", "2026-07-01 09:00", "x"],
    ["c", "2026-07-05 09:00", "y"],
]


def put(folder, name, rows, encoding="utf-8"):
    with (folder / name).open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream).writerows(rows)


@pytest.fixture
def place(tmp_path):
    put(tmp_path, "members.csv", MEMBERS)
    put(tmp_path, "said.csv", SAID)
    return tmp_path


def remarks(reading):
    return {(table.kind, one.what): one.rows for table in reading.tables for one in table.remarks}


def test_the_shipped_exports_hold_what_they_were_made_of():
    truth = yaml.safe_load((EXAMPLES / "exports/truth.yaml").read_text(encoding="utf-8"))
    reading = read_folder(EXAMPLES / "exports")
    assert reading.observed.fingerprint == truth["fingerprint"]
    assert reading.observed.members == truth["members"]
    assert reading.missing == reading.unread == ()
    told = remarks(reading)
    assert told["orders", "of people who are in no list of members"] == 20
    assert told["orders", "never paid: left out"] == 40
    assert sum(file.stat().st_size for file in (EXAMPLES / "exports").iterdir()) < 500_000


def test_a_run_is_read_back_from_its_exports_to_the_last_bit(tmp_path):
    plan = load(EXAMPLES / "toy-shop.yaml")
    small = plan.community.model_copy(update={"members": 60, "group_size": 30, "arrivals_per_day": 2.0})
    seen = observe(plan.model_copy(update={"community": small, "days": 14}), 3)
    told = toy_exports.write(seen, tmp_path)
    assert read_exports(tmp_path).fingerprint == told.fingerprint
    assert (seen.joined >= 0).sum() > 3
    assert len(seen.orders) > 10


def test_who_is_who_across_files_and_when_they_were_there(place):
    seen = read_exports(place)
    assert (seen.start.isoformat(), seen.days, seen.groups) == ("2026-07-01", 5, ("一群", "二群"))
    assert seen.group.tolist() == [0, 0, 1]
    assert seen.joined.tolist() == [-1, 1, -1]
    assert seen.left.tolist() == [5, 3, 5]
    assert seen.messages.count.tolist() == [2, 1]
    assert seen.messages.member.tolist() == [0, 2]
    assert seen.orders is None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encodings_give_the_same(place, encoding):
    want = read_exports(place).fingerprint
    put(place, "members.csv", MEMBERS, encoding)
    put(place, "said.csv", SAID, encoding)
    assert read_exports(place).fingerprint == want


def test_buyers_are_found_by_the_column_that_most_of_them_share_with_the_list(place):
    rows = [
        ["买家昵称", "收货人手机", "付款时间", "实付金额"],
        ["小李", "+86 13800000002", "2026/7/3", "¥1,001.50"],
        ["张三", "13800000003", "2026/7/3", "2"],
    ]
    put(place, "orders.csv", rows)
    assert read_exports(place).orders.fen.tolist() == [100_150, 200]


@pytest.mark.parametrize("head", ["群", "群名", "群名称", "所在群", "群聊"])
def test_a_column_of_groups_is_found_by_its_name(tmp_path, head):
    put(tmp_path, "members.csv", [[head if name == "群名称" else name for name in MEMBERS[0]], *MEMBERS[1:]])
    assert {*read_exports(tmp_path).groups} == {"一群", "二群"}


def test_a_name_of_several_members_is_nobodys(place):
    rows = [["买家昵称", "付款时间", "实付金额"], ["小李", "2026/7/3", "1"], ["小王", "2026/7/3", "2"]]
    put(place, "orders.csv", rows)
    reading = read_folder(place)
    assert reading.observed.orders.fen.tolist() == [200]
    assert remarks(reading)["orders", "of names that several members have"] == 1


def test_who_left_may_stand_in_a_list_of_their_own(place):
    put(place, "members.csv", [row[:5] for row in MEMBERS])
    left = [
        ["成员ID", "群名称", "退群时间", "退群方式"],
        ["b", "一群", "2026-07-04", "x"],
        ["d", "二群", "2026-07-03", ""],
    ]
    put(place, "退群.csv", left)
    seen = read_exports(place)
    assert seen.members == 4
    assert sorted(zip(seen.joined.tolist(), seen.left.tolist(), strict=True)) == [
        (-1, 2),
        (-1, 5),
        (-1, 5),
        (1, 5),
    ]


def test_who_comes_back_is_there_and_once(place):
    put(place, "members.csv", [*MEMBERS, ["b", "", "", "二群", "2026-07-05", ""]])
    reading = read_folder(place)
    assert reading.observed.members == 3
    assert [one.rows for one in reading.remarks] == [1]
    assert sorted(reading.observed.left.tolist()) == [5, 5, 5]
    assert reading.observed.group.tolist() == [0, 1, 1]


def test_lines_of_one_order_and_what_was_never_paid(place):
    header = ["订单号", "手机号", "创建时间", "付款时间", "商品实付金额", "订单状态", "商品"]
    rows = [
        ["1", "13800000001", "2026-07-01", "2026-07-01", "10", "已完成", "茶"],
        ["1", "13800000001", "2026-07-01", "2026-07-01", "5", "已完成", "碗"],
        ["", "", "", "", "1", "", "勺"],
        ["2", "13800000001", "2026-07-02", "", "7", "交易关闭", "茶"],
        ["3", "13800000001", "2026-07-03", "2026-07-03", "8", "交易关闭", "茶"],
    ]
    put(place, "orders.csv", [header, *rows])
    reading = read_folder(place)
    assert reading.observed.orders.fen.tolist() == [1600, 800]
    told = remarks(reading)
    assert told["orders", "further lines of an order"] == 2
    assert told["orders", "never paid: left out"] == 1
    assert told["orders", "paid back later; kept, since they were bought"] == 1


def test_odd_rows_are_told_with_their_line(place):
    put(
        place,
        "said.csv",
        [*SAID, ["a", "noon", "z"], ["", "2026-07-02", "z"], ["z", "2026-07-02", "z"], ["合计", "4"]],
    )
    (table,) = (table for table in read_folder(place).tables if table.kind == "messages")
    told = {(one.what, one.column): (one.rows, one.line) for one in table.remarks}
    assert told == {
        ("totals and notes", ""): (1, 0),
        ("nobody is named", ""): (1, 6),
        ("not a date", "发送时间"): (1, 5),
        ("of people who are in no list of members", ""): (1, 7),
    }


def test_without_a_list_whoever_acts_is_there(place):
    (place / "members.csv").unlink()
    seen = read_folder(place)
    assert seen.observed.members == 2
    assert seen.observed.left.tolist() == [5, 5]
    assert "members" in seen.missing


def test_a_mapping_names_what_nobody_else_calls_so(place):
    put(place, "members.csv", [["谁", "哪个群", "来的那天"], *(row[:1] + row[3:5] for row in MEMBERS[1:])])
    text = "start: 2026-07-01\nuntil: 2026-07-03\n"
    text += "members: {file: mem*.csv, member: 谁, group: 哪个群, joined: 来的那天}\n"
    (place / "map.yaml").write_text(text, encoding="utf-8")
    seen = read_exports(place, place / "map.yaml")
    assert (seen.days, seen.members, seen.groups) == (3, 3, ("一群", "二群"))


@pytest.mark.parametrize(
    ("mapping", "told"),
    [
        ("orders: {file: said.csv, member: 发送人ID, tiem: x}", r"map.yaml:1:41: .*tiem: unknown key"),
        ("messages: {file: said.csv, member: 发送人}", r"said.csv:1: .*did you mean 发送人ID"),
        ("messages: {file: siad.csv}", "there is no file 'siad.csv'"),
        ("orders: {file: said.csv}", "columns of orders are not found"),
        ("start: 2026-07-09\nuntil: 2026-07-01", "start is after until"),
    ],
)  # fmt: skip
def test_a_wrong_mapping_is_refused_with_its_place(place, mapping, told):
    (place / "map.yaml").write_text(mapping, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        read_exports(place, place / "map.yaml")


def test_what_cannot_be_used_is_refused_with_file_and_line(place):
    put(place, "orders.csv", [["手机号", "付款时间", "实付"], ["1.38E+10", "2026-07-01", "1"]])
    with pytest.raises(InputError, match=r"orders.csv:2: .*rounded"):
        read_exports(place)
    put(place, "orders.csv", [["手机号", "付款时间", "实付"], ["13800000009", "2026-07-01", "1"]])
    with pytest.raises(InputError, match=r"orders.csv:1: nobody by 手机号"):
        read_exports(place)
    put(place, "orders.csv", [["手机号", "付款时间", "实付"], *[["13800000001", "1/7/2026", "1"]] * 3])
    with pytest.raises(InputError, match=r"orders.csv:2: 3 of 3 rows can't be used \(付款时间: not a date\)"):
        read_exports(place)
    (place / "orders.csv").write_bytes(b"PK\x03\x04")
    with pytest.raises(InputError, match="Excel workbook"):
        read_exports(place)
    (place / "orders.csv").rename(place / "orders.xls")
    for begins in (b"\xd0\xcf\x11\xe0", b"<html>"):
        (place / "orders.xls").write_bytes(begins)
        with pytest.raises(InputError, match="old form"):
            read_exports(place)


def test_a_table_that_is_called_a_workbook_is_read(place):
    want = read_exports(place).fingerprint
    (place / "said.csv").rename(place / "said.xls")
    assert read_exports(place).fingerprint == want


def test_a_folder_without_exports_is_refused(tmp_path):
    with pytest.raises(InputError, match="no such folder"):
        read_exports(tmp_path / "nowhere")
    with pytest.raises(InputError, match="holds no CSV"):
        read_exports(tmp_path)
    put(tmp_path, "weather.csv", [["day", "rain"], ["2026-07-01", "3"]])
    with pytest.raises(InputError, match="no file here"):
        read_exports(tmp_path)


def test_no_name_number_or_text_stays(place):
    kept = pickle.dumps(read_folder(place))
    for secret in ("小王", "13800000001", "秘密"):
        assert secret.encode() not in kept


@pytest.mark.parametrize("number", range(40))
def test_every_row_is_used_or_told_of(tmp_path, number):
    luck = random.Random(number)
    days = *(f"2026-07-0{day}" for day in range(1, 10)), "", "x", "2025-01-01", "2027-01-01"

    def rows(header, *columns):
        return [header, *([luck.choice(one) for one in columns] for _ in range(luck.randint(4, 12)))]

    who, paid = "abcdefg", ("¥1,000", "2", "-3")
    list_of = ["成员ID", "昵称", "成员类型", "入群时间", "退群时间"]
    put(tmp_path, "m.csv", rows(list_of, who, "xy", ("客户", "客户", "员工"), days, ("", "", "2026-07-05")))
    put(tmp_path, "s.csv", rows(["发送人ID", "发送时间"], who, days))
    put(tmp_path, "c.csv", rows(["客户ID", "日期", "发送消息数"], who, days, "1230x"))
    header = ["订单号", "昵称", "付款时间", "实付金额", "订单状态"]
    put(tmp_path, "o.csv", rows(header, "1234567", "xyz", days, paid, ("", "待付款", "交易关闭")))
    with contextlib.suppress(InputError):  # where most rows of a table are odd
        reading = read_folder(tmp_path)
        for table in (table for table in reading.tables if table.kind != "members"):
            told = sum(one.rows for one in table.remarks if not one.what.startswith("paid back later"))
            assert told + table.used == table.rows, (table.kind, table.remarks)
