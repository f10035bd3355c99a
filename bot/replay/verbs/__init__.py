"""One class for each verb of a scenario: its arguments, and the command that they make (`scenario_steps`)."""
