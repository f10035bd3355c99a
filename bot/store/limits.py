"""Numbers that both stores share."""

REQUESTS_KEPT = 10_000  # Slack's last retry of an event comes within the hour; this is a busy force's day
