"""What scenario discovery has found, as a folder."""

import json
from collections.abc import Sequence
from pathlib import Path

from commsim.analysis.discovery import Discovery
from commsim.records.folder import write_manifest, writing
from commsim.records.manifest import provenance
from commsim.report.discovery.data import discovery_csv, discovery_data
from commsim.report.folder import write_csv


def write_discovery(found: Discovery, folder: Path, command: Sequence[str]) -> None:
    """Write discovery.json and cases.csv into an existing empty folder."""
    with writing(folder):
        data = json.dumps(discovery_data(found), ensure_ascii=False, indent=2, allow_nan=False)
        (folder / "discovery.json").write_text(data + "\n", encoding="utf-8")
        write_csv(discovery_csv(found), folder / "cases.csv")
        about = {"design": found.name, "outcome": found.measure.name}
        write_manifest(folder, {"kind": "discovery", **about, **provenance(command)})
