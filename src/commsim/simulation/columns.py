"""Where each column lies in its block: rows of the matrices that kernels take.

Kernels get columns of one type as one matrix (a few arrays instead of seventy: they compile and start
several times faster) and name the row: ``people.reals[c.ACTIVITY, i]``.  Each name in capitals is a row,
reckoned below from the order of the declarations, here and in `commsim.core.columns`.
"""

from collections.abc import Iterable

from commsim.core.columns import PERSONS

BUFFERS: dict[str, tuple[str, ...]] = {
    "tally": (
        "n_orders", "n_teams", "n_failed", "n_invited", "n_left", "n_muted", "n_unmuted", "n_lookers",
        "n_writers", "n_added",
    ),
    "sums": ("all_activity", "all_trust", "all_spam"),
    "reals": ("gain", "chance", "offered"),
    "flags": ("bought", "teamed", "failed"),
    "bits": ("lively",),
    "orders": ("paid_by", "paid_for", "fen", "cause", "strategy"),
    "rows": (
        "lookers", "leavers", "muters", "unmuters", "queue", "invited", "order_person", "order_minute",
        "newcomers",
    ),
    "shorts": ("order_sale", "order_rung", "order_product"),
    "by_group": ("starts", "sold", "muted_in", "left_in", "orders_in", "revenue_in"),
}  # fmt: skip
"""What kernels fill during a day; see `scratch.Out`."""

NOTICES = {
    "posts": "commercial posts",
    "empty": "of these, without worth",
    "deals": "real deals to see",
    "price": "lowest log price ratio on show",
    "content": "value of useful posts",
    "new_topics": "what these give to talk about",
    "new_trust": "how far they raise trust",
    "staffed": "1 where staff work today",
    "new_rules": "level of enforcement, -1 where no rule was announced today",
}
"""Of groups: what every looker can see today."""


def _number(names: Iterable[str]) -> None:
    """Make each name in capitals the number of its row."""
    for row, name in enumerate(names):
        if name.upper() in globals():
            raise ValueError(f"two columns of kernels are called {name}")
        globals()[name.upper()] = row


def __getattr__(name: str) -> int:
    """For type checkers only: the rows are set below."""
    raise AttributeError(f"no column is called {name}")


for _block in PERSONS.values():
    _number(column.name for column in _block)
for _names in (*BUFFERS.values(), NOTICES):
    _number(_names)
