"""Runs as a file keeps them: each beside those that are the most like it, so that many fit in.

Of a run is kept: its marks and messages in the bytes of `commsim.page.coding`; all else as a patch (see
`commsim.page.patches`) on the same of its first neighbour, many patches packed together; numbers that can be
counted from the marks are not kept at all.
"""

import base64
import json
import struct
import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np

from commsim.page.coding import Bytes, code
from commsim.page.patches import patch
from commsim.page.trace import BOUGHT, CAME, HERE, INVITED, LEFT, LOOKED, MUTED

_DEEPEST = 4
"""Neighbours of neighbours that have to be unpacked for a run."""
_BLOCK = 24
"""Patches that are packed together."""
_EVERY = 3
"""So many'th persons are looked at for likeness."""
_ENTRY, _PATCH = 24, 400
"""Letters that a run takes beside its texts, and that a patch takes which is not packed yet."""
COUNTED = "#"
"""Stands for a daily number that can be counted from marks and messages."""


@dataclass(frozen=True)
class _Kept:
    """A run: what patches are made on, as JSON; its columns; and how many others it hangs on."""

    told: str
    marks: Bytes
    wrote: Bytes
    rest: bytes
    depth: int


class Recorder:
    """Keeps runs one after the other."""

    def __init__(self) -> None:
        self.runs: list[list[Any]] = []
        """Of each: first row, neighbours, marks and messages, other columns unless they are the first's."""
        self._kept: dict[int, _Kept] = {}
        self._likeness: dict[tuple[Any, ...], list[tuple[int, Bytes]]] = {}
        self._blocks: list[str] = []
        self._open: list[Any] = []
        self._bytes = 0

    def keep(self, packed: bytes, plan: str, about: tuple[Any, ...]) -> int:
        """Keep a trace and its plan's text; the number under which it is kept.

        about: what runs of the same people have in common.
        """
        head, marks, wrote, rest = _parts(packed)
        told = {"head": _counted(head, marks, wrote), "plan": plan}
        family = (*about, *marks.shape)
        near = self._nearest(family, marks)
        beside = [self._kept[at] for at in near]
        depth = 1 + max((one.depth for one in beside), default=-1)
        start, coded = code(marks, wrote, _pair([(one.marks, one.wrote) for one in beside]))
        same = bool(beside) and beside[0].rest == rest
        texts = [_text(coded), *([] if same else [_text(zlib.compress(rest, 9))])]
        at = len(self.runs)
        self.runs.append([start, near, *texts])
        if depth < _DEEPEST:  # else it is nobody's neighbour
            self._kept[at] = _Kept(_json(told), marks, wrote, beside[0].rest if same else rest, depth)
            self._likeness.setdefault(family, []).append((at, _sample(marks)))
        self._bytes += sum(map(len, texts)) + _ENTRY
        self._add(patch(told, json.loads(beside[0].told)) if beside else told)
        return at

    @property
    def bytes(self) -> int:
        """About what all of it takes in a file."""
        return self._bytes + sum(map(len, self._blocks)) + len(self._open) * _PATCH

    def table(self) -> dict[str, Any]:
        """What the page unpacks."""
        self._close()
        return {"runs": self.runs, "blocks": self._blocks, "block": _BLOCK}

    def _nearest(self, family: tuple[Any, ...], marks: Bytes) -> list[int]:
        """The two most alike of the same people; the earlier of equals."""
        found = self._likeness.get(family, [])
        if not found or not marks.size:
            return [at for at, _ in found[:1]]
        own = _sample(marks)
        far = np.array([np.count_nonzero(other != own) for _, other in found])
        return [found[k][0] for k in np.argsort(far, kind="stable")[:2].tolist()]

    def _add(self, change: Any) -> None:
        self._open.append(change)
        if len(self._open) == _BLOCK:
            self._close()

    def _close(self) -> None:
        if self._open:
            self._blocks.append(packed(self._open))
            self._open = []


def _pair(beside: list[tuple[Bytes, Bytes]]) -> tuple[tuple[Bytes, Bytes], ...]:
    """Two neighbours, the one twice if there is no other."""
    return tuple((beside * 2)[:2])


def _parts(packed: bytes) -> tuple[dict[str, Any], Bytes, Bytes, bytes]:
    """Head, marks, messages, and the columns behind them; without marks all columns are behind them."""
    length = struct.unpack_from("<I", packed)[0]
    head: dict[str, Any] = json.loads(packed[4 : 4 + length])
    columns = np.frombuffer(packed, np.uint8, offset=4 + length)
    if not head["one_by_one"]:
        none = np.zeros((0, 0), np.uint8)
        return head, none, none, columns.tobytes()
    shape = tuple(head["columns"]["marks"][2])
    size = shape[0] * shape[1]
    start = head["columns"]["wrote"][0]
    marks, wrote = (columns[at : at + size].reshape(shape).copy() for at in (0, start))
    return head, marks, wrote, columns[start + size :].tobytes()


def _counted(head: dict[str, Any], marks: Bytes, wrote: Bytes) -> dict[str, Any]:
    """The head without the daily numbers that the page can count."""
    daily = dict(head["daily"])
    for name, values in counts(head, marks, wrote).items():
        if daily[name] == values:
            daily[name] = COUNTED
    return head | {"daily": daily}


def counts(head: dict[str, Any], marks: Bytes, wrote: Bytes) -> dict[str, list[int]]:
    """Daily numbers from marks, messages and what was sold by cause."""
    found = {"orders": [sum(day.values()) for day in head["sold"]]}
    if not marks.size:
        return found
    has = {bit: (marks & bit).astype(bool) for bit in (LEFT, HERE, MUTED, LOOKED, BOUGHT, CAME, INVITED)}
    by_day = {
        "members": has[HERE],
        "looked": has[LOOKED],
        "muted": has[MUTED],
        "muted_today": has[MUTED] & ~_before(has[MUTED]),
        "joined": has[CAME],
        "invited": has[CAME] & has[INVITED],
        "left": has[LEFT] & ~_before(has[LEFT]),
    }
    found |= {name: rows[1:].sum(axis=1).tolist() for name, rows in by_day.items()}
    return found | {"messages": wrote[1:].sum(axis=1, dtype=np.int64).tolist()}


def _before(rows: Any) -> Any:
    return np.vstack([rows[:1], rows[:-1]])


def _sample(marks: Bytes) -> Bytes:
    return np.ascontiguousarray(marks[:, ::_EVERY])


def packed(what: Any) -> str:
    """What can be JSON as a text that the page unpacks."""
    return _text(zlib.compress(_json(what).encode(), 9))


def _text(compressed: bytes) -> str:
    return base64.b64encode(compressed).decode()


def _json(what: Any) -> str:
    return json.dumps(what, ensure_ascii=False, separators=(",", ":"))
