"""A space of plans as its file says it: a design's levers, strategies to take up, and limits."""

from pydantic import Field, model_validator

from commsim.experiments.design.schema import DesignFile
from commsim.scenario.any_strategy import AnyStrategy
from commsim.scenario.limits import PlanLimits


class SpaceFile(DesignFile):
    """All that a space's file says; the plan that is varied stands for its ``scenario``."""

    strategies: tuple[AnyStrategy, ...] = Field(
        default=(), description="Strategies that the plan lacks and may take up; each needs a lever on"
    )
    limits: PlanLimits | None = Field(default=None, description="What a plan may take, instead of the base's")

    @model_validator(mode="after")
    def _of_choices(self) -> "SpaceFile":
        if not self.levers:
            raise ValueError("there is nothing to choose: give levers")
        if self.scenarios:
            raise ValueError("a space is about one scenario, not several; leave out scenarios")
        return self
