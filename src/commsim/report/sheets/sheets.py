"""All sheets of a plan in their order."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from commsim.report.language import ENGLISH, Language
from commsim.report.sheets.derived import calendar_sheet, plan_sheet
from commsim.scenario.sheets.said import in_chinese
from commsim.scenario.sheets.tables import Sheet, plan_sheets

if TYPE_CHECKING:
    from commsim.scenario.schema import Scenario


def sheets_of(plan: "Scenario", folder: Path, say: Language = ENGLISH) -> list[Sheet]:
    """What the plan comes to, its days, and all that it says; ``folder``: where the file will be."""
    told = plan_sheets(plan, folder)
    told = [in_chinese(sheet) for sheet in told] if say.code == "zh" else told
    notes = [replace(sheet, note=say(sheet.note)) for sheet in told]
    return [plan_sheet(plan, say), calendar_sheet(plan, say), *notes]
