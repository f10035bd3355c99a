"""The words and colours of an audit's codes."""

from collections.abc import Mapping

from bot.domain.clocks import ClockName
from bot.views.wording.clock_words import TABLE

# Told apart by whoever does not see colours alike, and by lightness on paper (M. Okabe and K. Ito, 2008).
SHADES: Mapping[str, str] = {
    "good": "#0072b2",
    "late": "#e69f00",
    "bad": "#d55e00",
    "none": "#999999",
}
_SAID = {
    "fim_told": "FIM told",
    "duty_inspector_told": "duty inspector told",
    "risk_assessment_and_referral": "risk assessment and referral",
    "0_to_11": "0 to 11",
    "12_to_14": "12 to 14",
    "15_to_17": "15 to 17",
    "18_and_over": "18 and over",
    "white": "White",
    "asian": "Asian",
    "black": "Black",
    "nine_in_ten": "nine in ten within",
    "graded": "ever graded high",
    "first_graded": "first graded below the proposal",
    "over_48_h": "over 48 h, up to 7 d",
    "up_to_48_h": "up to 48 h, or not",
    "over_7_d": "over 7 d",
}
SHADE_OF = {
    "good": "good",
    "requires_improvement": "late",
    "inadequate": "bad",
    "passed": "good",
    "met": "good",
    "answered": "good",
    "late": "late",
    "failed": "bad",
    "missed": "bad",
    "not_answered": "bad",
    "not_owed": "none",
}


def in_words(code: str) -> str:
    if code in tuple(ClockName):
        return TABLE[ClockName(code)].title
    return _SAID.get(code, code.replace("_", " "))
