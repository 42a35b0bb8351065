"""One small comparison for all tests of reports."""

import pytest
from hostile_plans import BUSY, HARM, QUIET

from commsim.analysis.compare import compare
from commsim.records.manifest import provenance
from commsim.report.case import Case, comparison_case


@pytest.fixture(scope="session")
def case() -> Case:
    """Two plans in four worlds, three of them looked at closely."""
    found = compare([BUSY, QUIET], worlds=4, workers=1)
    return comparison_case(found, [BUSY, QUIET], provenance(["commsim", HARM]), worlds=3, workers=1)
