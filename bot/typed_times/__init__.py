"""A time as tired people type it: 2215, 9pm, yesterday 9pm, 01/03 2130, an hour ago. Slack and the terminal read alike.

What may mean two times is asked about, never guessed: `NotATime.ask` is the question. That is why no library reads it
here: dateparser and its like answer with their best guess, and cannot say that two readings fit.

In `2215` four digits are the 24-hour clock; `01/03` is the 1st of March, day first, as in the UK.
"""

from bot.typed_times.day import EXAMPLES, NotATime, StillToCome, parse_birth_date
from bot.typed_times.instants import is_not_known, parse, parse_coming

__all__ = [
    "EXAMPLES",
    "NotATime",
    "StillToCome",
    "is_not_known",
    "parse",
    "parse_birth_date",
    "parse_coming",
]
