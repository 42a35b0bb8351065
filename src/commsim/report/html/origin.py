"""What repeats the result: settings, seed, versions, command."""

import shlex
from typing import Any

from commsim.report.case import Case
from commsim.report.language import Language
from commsim.scenario.load import dump, scenario_hash


def origin(case: Case, say: Language) -> dict[str, Any]:
    """Command, facts (label and value), and per plan its name, hash and YAML."""
    about = case.origin
    versions = ", ".join(f"{name} {version}" for name, version in about.get("versions", {}).items())
    worlds = case.worlds if case.comparison is None else case.comparison.worlds
    facts = [
        (say("Seed"), str(case.seed)),
        (say("Worlds compared"), str(worlds)),
        (say("Worlds looked at closely"), str(case.worlds)),
        (say("World shown group by group"), str(case.closeups[0].typical.seed)),
        (say("Made"), str(about.get("created", ""))),
        (say("Versions"), versions),
        (say("Machine"), str(about.get("machine", ""))),
    ]
    return {
        "command": shlex.join(about.get("command", [])),
        "facts": facts if case.comparison else [facts[0], *facts[2:]],
        "plans": [
            (name, scenario_hash(plan), dump(plan))
            for name, plan in zip(case.names, case.scenarios, strict=True)
        ],
    }
