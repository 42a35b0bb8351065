"""A design as its file says it: levers, uncertainties, how they are varied, and how often."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from commsim.core.luck import MAX_SEED
from commsim.core.part import Part
from commsim.core.units import Name
from commsim.experiments.design.expressions import Expression

Scalar = bool | int | float | str | None
Method = Literal["grid", "list", "one_at_a_time", "latin_hypercube", "sobol", "morris"]
SAMPLED = ("latin_hypercube", "sobol", "morris")
MOST_SAMPLES = 1_000_000
SCENARIO = "scenario"
"""Column that says which of several scenarios a point is about."""


def _formula(written: Any) -> str:
    if not isinstance(written, str | int | float):
        raise ValueError("must be a formula such as total * 2")
    return Expression(str(written)).text


Formula = Annotated[str, BeforeValidator(_formula)]


def _short_parameter(written: Any) -> Any:
    """A list stands for values; nothing for the range that the setting's card calls plausible."""
    if written is None:
        return {}
    return {"values": written} if isinstance(written, list) else written


class Parameter(Part):
    """One lever or uncertainty: which setting, and what it may be."""

    path: str = Field(
        default="", description="Path of the setting in the scenario; the parameter's name if empty"
    )
    values: dict[str, Any] | tuple[Scalar, ...] | None = Field(
        default=None, description="What it may be: a list, or a mapping from labels to values"
    )
    low: float | None = Field(
        default=None, allow_inf_nan=False, description="Lowest value; of the plausible range if empty"
    )
    high: float | None = Field(
        default=None, allow_inf_nan=False, description="Highest value; of the plausible range if empty"
    )
    distribution: Literal["uniform", "log_uniform", "integer"] = Field(
        "uniform", description="How values lie between low and high when they are sampled"
    )
    steps: int = Field(default=5, ge=2, le=1000, description="Values between low and high in a grid")
    when: Formula | None = Field(
        default=None, description="Set only where this holds; the scenario's value otherwise"
    )

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.values is not None and not self.values:
            raise ValueError("values are empty: give one or more")
        if self.values is not None and (self.low is not None or self.high is not None):
            raise ValueError("give either values, or low and high")
        if self.low is not None and self.high is not None and not self.low < self.high:
            raise ValueError(f"low ({self.low:g}) must be below high ({self.high:g})")
        if self.distribution == "log_uniform" and self.low is not None and self.low <= 0:
            raise ValueError("log_uniform needs a low above 0")
        return self


def _short_derived(written: Any) -> Any:
    return written if isinstance(written, dict) else {"value": written}


class Derived(Part):
    """A setting that follows from the parameters."""

    path: str = Field(default="", description="Path of the setting in the scenario; the name if empty")
    value: Formula = Field(description="Formula over names of parameters and of what is derived before it")


def _short_sampling(written: Any) -> Any:
    return {"method": written} if isinstance(written, str) else written


class Sampling(Part):
    """How the points are chosen.

    samples: points of a Latin hypercube, base samples of Sobol' (a power of 2; it makes
    samples x (parameters + 2) points), trajectories of Morris (samples x (parameters + 1) points).
    """

    method: Method = Field(description="How points are chosen")
    samples: int | None = Field(default=None, ge=2, le=MOST_SAMPLES, description="Size of the sample")
    levels: int = Field(default=4, ge=2, le=100, description="Levels of Morris' grid, an even number")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.samples is not None) != (self.method in SAMPLED):
            said = "needs samples, a number" if self.method in SAMPLED else "takes no samples"
            raise ValueError(f"{self.method} {said}")
        if self.method == "sobol" and self.samples and self.samples & (self.samples - 1):
            raise ValueError("sobol needs a power of 2 as samples, such as 64, 128 or 256")
        if self.levels % 2:
            raise ValueError("levels must be even")
        return self


AnySampling = Annotated[Sampling, BeforeValidator(_short_sampling)]


class Samplings(Part):
    """Levers and uncertainties each by a method of their own, and crossed; or all by one, together."""

    levers: AnySampling | None = Field(default=None, description="How levers are varied; a grid if empty")
    uncertainties: AnySampling | None = Field(default=None, description="How uncertainties are varied")
    together: AnySampling | None = Field(default=None, description="One method for all, without crossing")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.together and (self.uncertainties or self.levers):
            raise ValueError("give either together, or levers and uncertainties")
        return self


Parameters = dict[Name, Annotated[Parameter, BeforeValidator(_short_parameter)]]


class DesignFile(Part):
    """All that a design's file says."""

    name: Name = Field(description="Name of the design")
    about: str = Field(default="", description="What it is for")
    scenario: str | None = Field(default=None, description="Path or name of the scenario that is varied")
    scenarios: tuple[str, ...] = Field(default=(), description="Several of them, compared as a lever")
    levers: Parameters = Field(default={}, description="What the operator chooses")
    uncertainties: Parameters = Field(default={}, description="What nobody knows")
    derived: dict[Name, Annotated[Derived, BeforeValidator(_short_derived)]] = Field(
        default={}, description="Settings that follow from others"
    )
    sampling: Samplings = Field(default=Samplings(), description="How points are chosen")
    repetitions: int = Field(default=1, ge=1, le=100_000, description="Worlds that every point is run in")
    seed: int = Field(
        default=0, ge=0, le=MAX_SEED, description="Another number is another luck and other samples"
    )
    outcomes: tuple[str, ...] = Field(default=(), description="Measures to keep; all if empty")
    series: bool = Field(default=False, description="Whether to keep every day of every run")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.scenario is None) == (not self.scenarios):
            raise ValueError("name either a scenario or several scenarios")
        if not (self.levers or self.uncertainties or len(self.scenarios) > 1):
            raise ValueError("nothing varies: give levers, uncertainties or several scenarios")
        if self.uncertainties and not (self.sampling.uncertainties or self.sampling.together):
            raise ValueError("say under sampling how uncertainties are varied")
        return self

    @property
    def sources(self) -> tuple[str, ...]:
        """The scenario or scenarios, as they are written."""
        return self.scenarios or (str(self.scenario),)
