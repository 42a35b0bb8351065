"""Tests of mechanisms hold them against the plain model of the twin."""

import sys
from pathlib import Path

for _folder in ("twin", "simulation"):
    sys.path.append(str(Path(__file__).parents[1] / _folder))
