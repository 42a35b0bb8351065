"""``commsim schema``: the JSON Schema of scenario files."""

from commsim.cli.options import StrategyFiles
from commsim.cli.output import print_json


def schema(strategies: StrategyFiles = None) -> None:
    """Print the JSON Schema of scenario files, so that an editor completes and checks them.

    Save it (commsim schema > commsim.schema.json) and begin a scenario with the line
    # yaml-language-server: $schema=commsim.schema.json
    """
    from commsim.scenario.json_schema import json_schema

    print_json(json_schema())
