"""The whole product in virtual time, in one thread, on a Slack, a network and a record that fail as a seed says.

`make simulate`; docs/reliability.md says what is promised, and what is not simulated.
"""
