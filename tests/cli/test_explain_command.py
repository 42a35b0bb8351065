"""``explain`` as a user runs it."""

import json

from typer.testing import CliRunner

from commsim.cli import app
from commsim.core.errors import Exit


def call(*args: str):
    return CliRunner().invoke(app, ["explain", "--workers", "1", "--quiet", *args])


def test_tables_sentence_page_and_csv(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.yaml").write_text(
        "name: '=two'\ndays: 7\ncommunity: {members: 60}\nproducts: [{name: tea, price: 30, unit_cost: 15}]\n"
        "strategies: [{kind: advert}, {kind: red_envelope, total: 90}]\n"
    )
    done = call("plan.yaml", "--worlds", "3", "--html", "page.html", "--csv", "e.csv", "--out", "runs")
    assert done.exit_code == Exit.OK, done.output
    assert "Drop red envelope" in done.stdout
    assert "Its share (Shapley)" in done.stdout
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "Drop red envelope" in page
    assert "<script" not in page
    assert (tmp_path / "e.csv").read_text(encoding="utf-8-sig").startswith('"strategy","share_mean"')
    data = json.loads((tmp_path / "runs" / "explain.json").read_text(encoding="utf-8"))
    assert (data["days"], data["exact"], data["runs"]) == (
        7,
        True,
        3 * (4 + 2 * (len(data["pathways"]) + len(data["idle"])) + 1),
    )

    assert "Lead then" in done.stdout
    assert {one["pathway"] for one in data["pathways"]} >= {"adverts", "leaving"}
    assert (tmp_path / "runs" / "pathways.csv").read_text("utf-8-sig").startswith('"pathway","measure_mean"')


def test_what_can_not_be_explained_is_told():
    done = call("unmanaged-group")
    assert done.exit_code == Exit.INPUT
    assert "no strategies nor sources" in done.stderr
