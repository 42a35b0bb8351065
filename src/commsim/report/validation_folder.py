"""The folder of a validation: every world, the verdicts, and a figure per fact."""

import json
from pathlib import Path

from commsim.records.folder import write_manifest, writing
from commsim.records.manifest import provenance
from commsim.records.store import Origin
from commsim.report.folder import write_csv
from commsim.report.validation_data import validation_csv, validation_data, worlds_csv
from commsim.report.validation_figures import write_figures
from commsim.validation.facts.validate import Validation


def write_validation(found: Validation, folder: Path, origin: Origin) -> None:
    """Write a validation into an existing empty folder; see `commsim.records.folder.new_folder`.

    facts.csv and facts.json: see `commsim.report.validation_data`.  worlds.csv: every value.  figures:
    a picture per fact.  scenario.yaml: the resolved scenario whose people the facts were measured on.
    """
    with writing(folder):
        (folder / "scenario.yaml").write_text(origin.scenario, encoding="utf-8")
        write_csv(validation_csv(found), folder / "facts.csv")
        write_csv(worlds_csv(found), folder / "worlds.csv")
        data = json.dumps(validation_data(found), ensure_ascii=False, indent=2, allow_nan=False)
        (folder / "facts.json").write_text(data + "\n", encoding="utf-8")
        (folder / "figures").mkdir()
        write_figures(found, folder / "figures")
        about = {"scenario_hash": origin.scenario_hash, "seed": found.seed, "worlds": found.effort.worlds}
        write_manifest(folder, {"kind": "validation", **about, **provenance(origin.command)})
