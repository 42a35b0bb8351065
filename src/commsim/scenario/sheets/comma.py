"""A CSV file to tables of cells: several under titles in brackets, or one calendar of actions."""

import csv
import io
import re
from pathlib import Path

from commsim.scenario.errors import Place
from commsim.scenario.sheets.grid import Cell, Table, refusal, refuse_size, table
from commsim.scenario.sheets.layout import SETTINGS, STRATEGIES, WEEKS, is_of_weeks, is_setting

MAX_BYTES = 2_000_000
_TITLE = re.compile(r"\[(.+)\]")
_QUOTED = re.compile(r"'\s*[=+\-@＝＋－＠\t\r\n]")


def read_csv(file: Path) -> list[Table]:
    """The tables of a CSV file.  Raises ScenarioError.

    A row that holds nothing but ``[Products]`` begins the table of that name.  What stands before the first
    such row is a calendar: settings, one a row, and under its header one action a row.
    """
    rows = _cells(file)
    tables: list[tuple[str, Place, list[list[Cell]]]] = [(STRATEGIES, Place(file), [])]
    for row in rows:
        told = [cell for cell in row if cell.text]
        title = _TITLE.fullmatch(told[0].text) if len(told) == 1 else None
        if title:
            tables.append((title[1].strip(), told[0].place, []))
        else:
            tables[-1][2].append(row)
    (_, place, first), *titled = tables
    return [table(*one) for one in (*_calendar(place, first), *titled)]


def _calendar(place: Place, rows: list[list[Cell]]) -> list[tuple[str, Place, list[list[Cell]]]]:
    """Settings up to the first row that is the header of a table, and that table."""
    told = [row for row in rows if any(cell.text for cell in row)]
    at = next((k for k, row in enumerate(told) if not is_setting([cell.text for cell in row])), len(told))
    table_of = WEEKS if at < len(told) and is_of_weeks([cell.text for cell in told[at]]) else STRATEGIES
    found = [(SETTINGS, place, told[:at]), (table_of, place, told[at:])]
    return [one for one in found if one[2]]


def _cells(file: Path) -> list[list[Cell]]:
    text = _text(file)
    lines = text.splitlines()
    separator = _separator(next((line for line in lines if line.strip()), ""), text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise refusal(Place(file), f"can't be read as CSV: {error}") from error
    refuse_size(Place(file), len(rows), max(map(len, rows), default=0))
    return [
        [Cell(_unquoted(value) or None, Place(file, line, at)) for at, value in enumerate(row, start=1)]
        for line, row in enumerate(rows, start=1)
    ]


def _text(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise refusal(Place(file), f"can't be read: {error.strerror}") from error
    if len(raw) > MAX_BYTES:
        raise refusal(Place(file), f"has over {MAX_BYTES:,} bytes, no plan has", "give a plan")
    for encoding in ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise refusal(Place(file), "is neither UTF-8 nor GB18030 text", "save it as CSV UTF-8")


def _separator(first: str, text: str) -> str:
    """The sign between cells: what the first line has most of, or if it is one cell, all of the text."""
    counts = {sign: first.count(sign) or text.count(sign) / 1e6 for sign in ",;\t"}
    return max(counts, key=lambda sign: counts[sign])


def _unquoted(value: str) -> str:
    """Without the ' that keeps a spreadsheet from running a text."""
    return value[1:] if _QUOTED.match(value) else value
