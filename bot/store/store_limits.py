"""Numbers that both stores share."""

from math import ceil

REQUESTS_KEPT = 10_000  # Slack's last retry of an event comes within the hour; these are a busy force's day
GAP = 1.0  # seconds between two posts in one channel (Slack's documentation of chat.postMessage)
# Slack takes some 50 edits a minute from an app, whatever their channels (tier 3 of its documentation). The board and
# the watchdog edit, too, so the setting stays below; and case cards, which nobody waits for, leave a third of it for
# cards that paged.
MINUTE = 60.0
_PATIENT_SHARE = 2 / 3


def most_edits(a_minute: int, *, is_patient: bool) -> int:
    return ceil(a_minute * _PATIENT_SHARE) if is_patient else a_minute
