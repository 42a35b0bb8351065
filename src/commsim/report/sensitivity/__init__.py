"""The sensitivity of a sweep, for people: tables and sentences, plain data, figures."""

from commsim.report.sensitivity.tables import sensitivity_grids, sensitivity_verdict

__all__ = ["sensitivity_grids", "sensitivity_verdict"]
