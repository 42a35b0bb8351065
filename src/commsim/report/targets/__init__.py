"""Targets of plans, and whether they are reached: for people and as data."""
