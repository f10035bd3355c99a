"""Scenario files in virtual time, through the same desk, store and escalation as production (scenarios/README.md)."""
