"""Numbers that both stores share."""

REQUESTS_KEPT = 10_000  # Slack's last retry of an event comes within the hour; these are a busy force's day
