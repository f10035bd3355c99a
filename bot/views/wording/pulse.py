"""Do the clocks run? Said at the top of every board: silence must not look like calm (screens.md §12)."""

from bot.ports.due import Pulse
from bot.views import limits
from bot.views.cards import stopped
from bot.views.screen import Screen
from bot.views.wording import words

_NAMED = 300  # characters of references


def said(pulse: Pulse, screen: Screen) -> str:
    if pulse.stopped_since:
        return f"{words.LATE} *CLOCKS STOPPED since {screen.time(pulse.stopped_since)}.* {stopped.USE_PAPER}"
    if pulse.last_check is None:
        return f"{words.LATE} *CLOCKS NOT CHECKED yet.* {stopped.USE_PAPER}"
    checked = f"last check {pulse.last_check.astimezone(screen.zone):%H:%M:%S}"
    if pulse.undecided:
        shown, taken = limits.pack(list(pulse.undecided), _NAMED)
        more = f" and {len(pulse.undecided) - taken} more" if taken < len(pulse.undecided) else ""
        return f"{words.LATE} *CLOCKS STOPPED for {shown}{more}.* The bot cannot page anyone about these; {checked}."
    return f"{words.DONE} Clocks running, {checked}"
