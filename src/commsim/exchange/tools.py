"""A run in the forms that tools of analysis read: R, PyMC-Marketing, lifetimes, Gephi, NetworkX."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from commsim.core.arrays import Ints
from commsim.core.errors import InputError
from commsim.exchange.networks import write_network
from commsim.exchange.tool import Tool
from commsim.records.csv_tables import write_arrow
from commsim.records.folder import manifest_of, new_folder, write_manifest, writing
from commsim.records.manifest import provenance
from commsim.records.records import Records
from commsim.records.store import SCENARIO, read_run, to_file
from commsim.records.sweep import load_results
from commsim.records.sweep_export import export_csv
from commsim.records.tables import ORDER, TABLES
from commsim.scenario.schema import Scenario

if TYPE_CHECKING:
    import pyarrow as pa


class Exported(NamedTuple):
    """What was written: rows (or nodes of a graph) by file, and whether the run or sweep was complete."""

    rows: dict[str, int]
    complete: bool


def export(
    results: str | Path,
    out: str | Path,
    tool: Tool = "r",
    *,
    mark: bool = False,
    force: bool = False,
    command: Sequence[str] = (),
) -> Exported:
    """Write the folder of a run or a sweep for a tool of analysis into a new folder.

    tool: ``r`` for tidy tables as CSV; of a run also ``pymc-marketing``, ``lifetimes`` (transactions and
    customers), ``gephi``, ``networkx`` (who knows whom).  mark: begin tables with the byte order mark.
    force: replace earlier results.  command: what is noted as having made it.  Raises InputError for a
    folder of neither, or without what the tool needs.
    """
    place = Path(results)
    manifest = manifest_of(place)
    is_run = manifest.get("kind") == "run"
    if tool != "r" and not is_run:
        what, remedy = "is not the folder of a run", "give one that commsim run --out wrote, or --for r"
        raise InputError(what, where=str(results), remedy=remedy)
    if is_run:
        with new_folder(out, force=force) as folder:
            rows = _export_run(place, folder, tool, command, mark=mark)
        return Exported(rows, bool(manifest["complete"]))
    found = load_results(place)
    with new_folder(out, force=force) as folder:
        written = export_csv(found, folder, command, mark=mark)
    return Exported({f"{name}.csv": count for name, count in written.items() if count}, found.complete)


def _export_run(run: Path, folder: Path, tool: Tool, command: Sequence[str], *, mark: bool) -> dict[str, int]:
    records, plan = read_run(run), Scenario.load(run / SCENARIO)
    if tool != "r" and not records.events:
        raise InputError(
            "holds no events and no members: it was made with --daily-only",
            where=str(run),
            remedy="run it again without --daily-only",
        )
    with writing(folder):
        if tool == "r":
            rows = _tidy(records, plan.start, folder, mark=mark)
        elif tool in ("gephi", "networkx"):
            rows = write_network(records, plan, folder, gephi=tool == "gephi", mark=mark)
        else:
            rows = _customers(records, plan.start, folder, mark=mark)
        about = {"kind": "export", "run": records.scenario, "seed": records.seed, "for": tool, "rows": rows}
        write_manifest(folder, {**about, **provenance(command)})
    return rows


def _tidy(records: Records, start: dt.date, folder: Path, *, mark: bool) -> dict[str, int]:
    """Every table that has rows, with the date beside the day; columns are those of the run folder."""
    import pyarrow as pa

    rows = {}
    for name in TABLES:
        columns = getattr(records, name)
        if columns:
            found = to_file(name, columns, records.accounts, records.causes)
            if "day" in found:
                dates = {"date": _dates(start, columns["day"])}
                found = {"day": found.pop("day")} | dates | found
            rows[f"{name}.csv"] = _write(folder / f"{name}.csv", pa.table(found), mark=mark)
    return rows


def _customers(records: Records, start: dt.date, folder: Path, *, mark: bool) -> dict[str, int]:
    """Transactions, one a customer and day, and what models of repeat buying take of each customer.

    frequency: days with an order but the first.  recency: days from the first to the last.  T: days from the
    first to the end of the run.  monetary_value: yuan on a day but the first, in the mean; 0 for none.
    """
    import pandas as pd
    import pyarrow as pa

    events = records.events
    orders = events["kind"] == ORDER
    found = pd.DataFrame({name: events[name][orders] for name in ("person", "day", "fen")})
    days = found.groupby(["person", "day"], as_index=False)["fen"].sum()
    label = pd.Series(records.members["label"], records.members["person"])
    days["customer_id"] = label.reindex(days["person"]).to_numpy()
    later = days[days.groupby("person").cumcount() > 0]
    each = days.groupby("person")["day"].agg(["min", "max", "count"])
    mean = later.groupby("person")["fen"].mean().reindex(each.index).fillna(0.0)
    summary = {
        "customer_id": label.reindex(each.index).to_numpy(),
        "frequency": (each["count"] - 1).to_numpy(),
        "recency": (each["max"] - each["min"]).to_numpy(),
        "T": (records.days - 1 - each["min"]).to_numpy(),
        "monetary_value": mean.to_numpy() / 100,
    }
    transactions = {
        "customer_id": days["customer_id"].to_numpy(),
        "date": _dates(start, days["day"].to_numpy()),
        "amount": days["fen"].to_numpy() / 100,
    }
    tables = {"rfm.csv": summary, "transactions.csv": transactions}
    return {name: _write(folder / name, pa.table(table), mark=mark) for name, table in tables.items()}


def _dates(start: dt.date, days: Ints) -> "pa.Array":
    import pyarrow as pa

    return pa.array(np.datetime64(start, "D") + np.asarray(days, np.int64), pa.date32())


def _write(file: Path, table: "pa.Table", *, mark: bool) -> int:
    return write_arrow(file, table.schema, table.combine_chunks().to_batches(), mark=mark)
