"""Training cases: real clocks, real pages, no child. What is of one says so by itself, wherever it stands.

The word is in the reference and in the force's numbers as they are kept. So whatever names a case says it, also where
nothing but its reference is known; and what is looked up by a real number finds no training case, nor hides a child.
"""

from msgspec.structs import replace

from bot.domain.commands import Report

TRAINING = "TRAINING"


def training_ref(ref: str) -> str:
    """MC-26-0142 → TRAINING-26-0142."""
    return f"{TRAINING}-{ref.partition('-')[2]}"


def is_training(named: str) -> bool:
    """Of a reference, or of a number as it is kept."""
    return named.strip().upper().startswith(TRAINING)


def training_number(number: str) -> str:
    """A number of the force's, as a training case keeps it."""
    number = number.strip()
    return number if not number or is_training(number) else f"{TRAINING} {number}"


def as_kept(report: Report) -> Report:
    """A report, with the numbers under which its case is found."""
    if not report.training:
        return report
    child = replace(report.child, person_ref=training_number(report.child.person_ref))
    return replace(report, incident=training_number(report.incident), child=child)
