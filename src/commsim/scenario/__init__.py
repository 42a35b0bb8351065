"""Scenarios: the schema, and reading them from YAML."""
