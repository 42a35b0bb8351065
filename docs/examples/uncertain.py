"""Sweeps the design beside this file into a folder that is thrown away, and says what decides."""

import tempfile
from pathlib import Path

from commsim import sensitivity, sweep
from commsim.cli.grids import print_grids
from commsim.report.sensitivity import sensitivity_grids, sensitivity_verdict

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        found = sensitivity(sweep(Path(__file__).with_suffix(".yaml"), folder), "profit")
    print_grids(sensitivity_grids(found))
    print(sensitivity_verdict(found))
