"""What the caller's words ask about, as a question: "Their words say 'kill herself'. Suicidal statement today?"

It only asks. A marker is ticked, or answered no, by somebody's press alone.
"""

from bot.domain.markers import ADVERSE_EVENT, MARKERS
from bot.risk_words import Ask
from bot.views import limits

YES_CHOICES = {
    "suicidal_today": MARKERS["suicidal_today"],
    "self_harm": "Self-harm, now or before",
    "abduction": MARKERS["abduction"],
    "cse": MARKERS["cse"],
    "trafficking": MARKERS["trafficking"],
    "cce": MARKERS["cce"],
    "serious_violence": MARKERS["serious_violence"],
    "medication": MARKERS["medication"],
    "medical": MARKERS["medical"],
    ADVERSE_EVENT: "Left school or home without permission",
}
"""The ten risks of the first page: each can mean high."""
_QUOTED = 120  # characters of the caller's words


def label(marker: str) -> str:
    return YES_CHOICES.get(marker) or MARKERS[marker]


def question(ask: Ask) -> str:
    """As it is typed: where it becomes markup, it is escaped there."""
    said = " ".join(ask.words.split())
    return f"Their words say '{limits.clip(said, _QUOTED)}'. {label(ask.marker)}?"
