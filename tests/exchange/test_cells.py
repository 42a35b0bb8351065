"""Cells as spreadsheets, shops and chat tools write them."""

import datetime as dt

import pytest

from commsim.exchange.cells import BLANK, ODD, count, dates_in, day, fen, person
from commsim.exchange.kinds import id_rank, plain_name


@pytest.mark.parametrize(
    "cell",
    [
        "2026-07-01", "2026/7/1 20:31", "2026年7月1日", "2026年7月1日20:31", "2026.07.01", "20260701",
        "2026-07-01T20:31:05Z", " 2026/07/01 ", "２０２６年７月１日", "46204", "46204.85",
        "1782835200", "1782921599000",
    ],
)  # fmt: skip
def test_a_date_however_it_is_written(cell):
    assert day(cell) == dt.date(2026, 7, 1).toordinal()


@pytest.mark.parametrize(
    ("cell", "found"),
    [("", BLANK), ("--", BLANK), ("7/1/2026", ODD), ("2026-13-01", ODD), ("yesterday", ODD), ("12", ODD)],
)
def test_what_is_no_date(cell, found):
    assert day(cell) == found


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("¥1,299.00", 129_900), ("￥1299", 129_900), ("1299元", 129_900), ("-12.5", -1250), ("0.075", 8),
        ("ＣＮＹ 3", 300), ("", BLANK), ("-", BLANK), ("free", ODD), ("1e99", ODD),
    ],
)  # fmt: skip
def test_an_amount_however_it_is_written(cell, found):
    assert fen(cell) == found


def test_numbers_of_messages():
    assert [count(cell) for cell in ("3", "1,200", "3条", "3.0", "", "-1", "2.5", "many")] == [
        3, 1200, 3, 3, BLANK, ODD, ODD, ODD,
    ]  # fmt: skip


def test_a_person_is_one_hash_under_a_key_and_no_name():
    ann = person("ann", b"key")
    assert ann == person(" ann ", b"key") != person("ann", b"other")
    assert "ann" not in ann
    phones = ("13800001234", "+86 138 0000 1234", "138-0000-1234", "8613800001234", "13800001234.0")
    assert len({person(one, b"key") for one in phones}) == 1
    assert person("-", b"key") == ""
    assert person("1.38E+10", b"key") == "?"


def test_titles_tell_their_days():
    assert dates_in("统计周期：2026年7月1日至2026/8/29") == [dt.date(2026, 7, 1), dt.date(2026, 8, 29)]
    assert dates_in("导出 2026-02-31") == []


def test_columns_that_name_people_and_those_that_do_not():
    names = "UnionID", "外部联系人ID", "客户ID", "收货人手机号/提货人手机号", "微信号", "买家昵称", "发送人"
    ranks = [id_rank(plain_name(name)) for name in names]
    assert ranks == sorted(ranks) == [*range(7)]
    for name in (
        "商品名称",
        "群主",
        "订单号",
        "备注",
        "消息内容",
        "邀请人",
        "序号",
        "群名称",
        "群",
        "所在群名",
    ):
        assert id_rank(plain_name(name)) is None
    assert plain_name(" 实付金额（元）\n") == "实付金额"
