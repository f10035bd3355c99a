"""The same desk from a terminal, for when Slack is down: `missing-bot case …` and `missing-bot board`."""
