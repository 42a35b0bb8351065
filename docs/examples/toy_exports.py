"""Writes what operators' tools would export of the toy shop, as untidy as they do, with the truth beside.

    python docs/examples/toy_exports.py [FOLDER]

Nobody in these files exists: people, telephone numbers (of a range that nobody has) and orders are made of
numbers by the model's run of toy-shop.yaml in world 7.
"""

import csv
import io
import re
import sys
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from commsim import Scenario, observe
from commsim.records.observed import Observed

HERE = Path(__file__).parent
SEED = 7
GROUPS = "南门咖啡1群", "南门咖啡2群", "北街咖啡福利群", "老顾客群"
NAMES = ["阿", "小", "大", "老", "云", "雨", "山", "木", "南", "北", "青", "白", "晚", "早", "豆", "糖"]
STAFF = ("wmSTAFF01", "店长小助手", "19900099999")


def number(*what: Any) -> int:
    """A number that looks like chance, the same every time."""
    return int.from_bytes(blake2b(repr(what).encode(), digest_size=6).digest(), "big")


def save(book: Any, file: Path) -> None:
    """Save a workbook without the time of saving, so that the same data are the same bytes."""
    made = io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name in parts.namelist():
            data = re.sub(rb"20\d\d-\d\d-\d\dT[\d:]+Z", b"2026-08-30T09:12:00Z", parts.read(name))
            out.writestr(zipfile.ZipInfo(name, (2026, 8, 30, 9, 12, 0)), data, zipfile.ZIP_DEFLATED)


class Shop:
    """The shop's people as its tools know them."""

    def __init__(self, seen: Observed) -> None:
        self.seen, self.start = seen, seen.start
        names = seen.groups
        self.groups = dict(zip(names, [*GROUPS, *names][: len(names)], strict=True))

    def day(self, day: int) -> date:
        """The date of a day."""
        return self.start + timedelta(days=int(day))

    def id(self, member: int) -> str:
        """As the chat tool knows them."""
        return f"wm{number('id', int(member)) % 10**8:08d}{member:04d}"

    def phone(self, member: int) -> str:
        """As the shop knows them."""
        return f"1990000{member:04d}"

    def nick(self, member: int) -> str:
        """As they call themselves; several people have the same."""
        return "".join(NAMES[number("nick", int(member), k) % len(NAMES)] for k in range(2))

    def clock(self, *what: Any) -> str:
        """A time of day."""
        minute = number("clock", *what) % 900 + 480
        return f"{minute // 60:02d}:{minute % 60:02d}"


def members(shop: Shop, file: Path) -> None:
    """A workbook as of WeCom: titles, a header of two rows, groups in merged cells, staff, a total."""
    from openpyxl import Workbook

    seen, book = shop.seen, Workbook()
    sheet = book.active
    sheet.title = "客户群成员"
    sheet.append(["客户群成员明细"])
    sheet.append([f"导出时间：{shop.day(seen.days)} 09:12    导出人：店长小助手"])
    sheet.append(["群信息", "", "成员信息", "", "", "", "入群与退群", "", ""])
    sheet.append(
        ["群名称", "群主", "客户ID", "客户昵称", "手机号", "成员类型", "入群时间", "退群时间", "退群方式"]
    )
    sheet.merge_cells("A1:I1")
    for area in ("A3:B3", "C3:F3", "G3:I3"):
        sheet.merge_cells(area)
    for g, name in enumerate(seen.groups):
        top = sheet.max_row + 1
        rows: list[list[str]] = [[*STAFF, "企业成员", f"{shop.day(-300)} 10:00", "", ""]]
        for m in np.flatnonzero(seen.group == g):
            joined, left = int(seen.joined[m]), int(seen.left[m])
            since = shop.day(joined) if joined >= 0 else shop.day(-1 - number("since", int(m)) % 200)
            gone = left < seen.days
            rows.append([
                shop.id(m), shop.nick(m), shop.phone(m), "外部联系人",
                f"{since:%Y-%m-%d} {shop.clock('in', int(m))}",
                f"{shop.day(left):%Y-%m-%d} 23:05" if gone else "", "自行退群" if gone else "",
            ])  # fmt: skip
        for row in rows:
            sheet.append([shop.groups[name], STAFF[1], *row])
        sheet.merge_cells(start_row=top, end_row=sheet.max_row, start_column=1, end_column=1)
    sheet.append(["合计", "", f"{seen.members}人"])
    save(book, file)


def orders(shop: Shop, file: Path) -> None:
    """A shop's orders as CSV for Excel in GBK: yuan signs, lines of one order, unpaid ones, strangers."""
    seen, rows = shop.seen, []
    assert seen.orders is not None
    for m, d, fen in zip(seen.orders.member, seen.orders.day, seen.orders.fen, strict=True):
        paid, key = shop.day(d), (int(m), int(d))
        when = f"{paid.year}/{paid.month}/{paid.day} {shop.clock('order', *key)}"
        code = f"\tE{paid:%Y%m%d}{int(m):04d}"
        back = number("back", *key) % 40 == 0
        state = "交易关闭" if back else "交易完成"
        amount = f"¥{int(fen) / 100:,.2f}"
        rows.append([code, shop.phone(m), when, when, "拿铁", amount, state, "退款成功" if back else ""])
        if number("lines", *key) % 9 == 0:  # the order's amount stands on each of its lines
            rows.append([code, shop.phone(m), when, when, "贝果", amount, state, ""])
    for k in range(60):
        day = shop.day(k % seen.days)
        when = f"{day.year}/{day.month}/{day.day} 12:{k:02d}"
        other = f"1990001{k:04d}"
        paid = k % 3 > 0 and k % 2 > 0
        rows.append([
            f"\tE{day:%Y%m%d}9{k:03d}", other if k % 2 else shop.phone(k % seen.members), when,
            when if paid else "", "礼盒", "¥1,299.00", "交易完成" if paid else "待付款", "",
        ])  # fmt: skip
    header = [
        "订单编号",
        "收货人手机号",
        "下单时间",
        "付款时间",
        "商品名称",
        "实付金额（元）",
        "订单状态",
        "售后状态",
    ]
    _csv(file, "gb18030", [["微商城订单导出"], [], header, *rows, ["合计", "", "", "", "", "¥99,999.00"]])


def messages(shop: Shop, record: Path, counts: Path) -> None:
    """Half of the days message by message, of which the text is nobody's business; then counts by day."""
    from openpyxl import Workbook

    seen = shop.seen
    assert seen.messages is not None
    half, rows, book = seen.days // 2, [], Workbook()
    sheet = book.active
    sheet.append([f"统计周期：{shop.day(half)} 至 {shop.day(seen.days - 1)}"])
    sheet.append(["日期", "客户ID", "会话数据", ""])
    sheet.append(["", "", "发送消息数", "被@次数"])
    sheet.merge_cells("C2:D2")
    for m, d, n in zip(seen.messages.member, seen.messages.day, seen.messages.count, strict=True):
        if d >= half:
            sheet.append([f"{shop.day(d):%Y.%m.%d}", shop.id(m), int(n), 0])
        for k in range(int(n) if d < half else 0):
            when = f"{shop.day(d):%Y-%m-%d} {shop.clock('say', int(m), int(d), k)}:07"
            rows.append(
                [when, shop.groups[seen.groups[seen.group[m]]], shop.id(m), shop.nick(m), "文本", "……"]
            )
    for d in range(half):
        rows.append([f"{shop.day(d):%Y-%m-%d} 08:00:00", GROUPS[0], STAFF[0], STAFF[1], "文本", "……"])
    title = [f"会话存档 {shop.day(0)} 至 {shop.day(half - 1)}"]
    header = ["发送时间", "群聊名称", "发送人ID", "发送人", "消息类型", "消息内容"]
    _csv(record, "utf-8-sig", [title, header, *sorted(rows)])
    save(book, counts)


def check_ins(shop: Shop, file: Path) -> None:
    """A tool's check-ins, separated by tabs, in GB18030, with Chinese dates."""
    rows = []
    assert shop.seen.check_ins is not None
    for m, d in zip(shop.seen.check_ins.member, shop.seen.check_ins.day, strict=True):
        day = shop.day(d)
        rows.append(
            [shop.phone(m), f"{day.year}年{day.month}月{day.day}日 {shop.clock('in', int(m), int(d))}"]
        )
    _csv(file, "gb18030", [["会员手机号", "签到时间"], *rows], "\t")


def envelopes(shop: Shop, file: Path) -> None:
    """Who got how much of which envelope."""
    rows = []
    seen = shop.seen.envelopes
    assert seen is not None
    for m, d, fen in zip(seen.member, seen.day, seen.fen, strict=True):
        rows.append([shop.id(m), f"{shop.day(d):%Y/%m/%d} 19:0{int(m) % 10}", f"￥{int(fen) / 100:.2f}"])
    _csv(file, "utf-8", [["领取人ID", "领取时间", "领取金额"], *rows, ["合计", "", "￥999.00"]])


def _csv(file: Path, encoding: str, rows: Iterable[list[str]], separator: str = ",") -> None:
    with file.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=separator).writerows(rows)


def write(seen: Observed, folder: Path) -> Observed:
    """Write all files into a folder; returns what there is to read in them."""
    shop = Shop(seen)
    folder.mkdir(parents=True, exist_ok=True)
    members(shop, folder / "客户群成员.xlsx")
    orders(shop, folder / "微商城订单.csv")
    messages(shop, folder / "会话存档.csv", folder / "群成员会话统计.xlsx")
    check_ins(shop, folder / "签到明细.csv")
    envelopes(shop, folder / "红包领取明细.csv")
    return replace(seen, groups=tuple(shop.groups.values()))


def main() -> None:
    """Write the files of the toy shop, and the truth beside them."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "exports"
    plan = Scenario.load(HERE / "toy-shop.yaml")
    told = write(observe(plan, SEED), folder)
    truth = {
        "plan": "toy-shop.yaml",
        "world": SEED,
        "members": told.members,
        "days": told.days,
        "fingerprint": told.fingerprint,
    }
    (folder / "truth.yaml").write_text(yaml.safe_dump(truth, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    main()
