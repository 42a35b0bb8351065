"""Calibration on an operator's own data; see `commsim.analysis.calibration.calibrate`."""
