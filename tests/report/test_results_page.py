"""docs/results.md says what the files hold."""

from pathlib import Path

from commsim.core.measures import MEASURES
from commsim.records.tables import TABLES

PAGE = (Path(__file__).parents[2] / "docs" / "results.md").read_text(encoding="utf-8")


def test_the_page_lists_every_column_and_measure():
    for table, columns in TABLES.items():
        section = PAGE.split(f"### {table}: ")[1].split("\n#")[0]
        assert [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")] == [
            column.in_file for column in columns
        ]
        for column in columns:
            assert column.about in section
    assert all(f"| `{measure.name}` | {measure.unit} | {measure.label} |" in PAGE for measure in MEASURES)
