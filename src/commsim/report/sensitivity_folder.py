"""The folder of a sensitivity: its tables as CSV, all of it as JSON, and the figures."""

import json
from collections.abc import Sequence
from pathlib import Path

from commsim.analysis.sensitivity import Sensitivity
from commsim.records.folder import write_manifest, writing
from commsim.records.manifest import provenance
from commsim.report.folder import write_csv
from commsim.report.sensitivity_data import influences_csv, sensitivity_data, settings_csv
from commsim.report.sensitivity_figures import write_figures


def write_sensitivity(found: Sensitivity, folder: Path, command: Sequence[str]) -> None:
    """Write into an existing empty folder; see `commsim.records.folder.new_folder`.

    influences.csv, settings.csv (if settings of levers were compared), sensitivity.json, and a figure
    sensitivity-1.png and so on per quantity.
    """
    with writing(folder):
        write_csv(influences_csv(found), folder / "influences.csv")
        if found.settings:
            write_csv(settings_csv(found), folder / "settings.csv")
        data = json.dumps(sensitivity_data(found), ensure_ascii=False, indent=2, allow_nan=False)
        (folder / "sensitivity.json").write_text(data + "\n", encoding="utf-8")
        write_figures(found, folder)
        about = {"design": found.name, "outcome": found.measure.name}
        write_manifest(folder, {"kind": "sensitivity", **about, **provenance(command)})
