"""What ended a clock, where the step that did it did something else than the clock is called after.

"Transfer" that was refused there is not a transfer that was done.
"""

from msgspec import Struct

from bot.domain import events
from bot.domain.clocks import Clock, ClockName
from bot.domain.events import AnyEvent, Entry
from bot.domain.facts import ToldCaller
from bot.views.wording import clock_words


class HowEnded(Struct, frozen=True):
    title: str  # "✅ DONE 13:45 Owner"
    did: str  # "Ola Brandt accepted (14:07, in time)"


def how_ended(clock: Clock, step: Entry | None) -> HowEnded:
    said = clock_words.of(clock.key)
    return (step and _otherwise(clock.name, step.event)) or HowEnded(said.title, said.did)


def _otherwise(name: ClockName, event: AnyEvent) -> HowEnded | None:
    match name, event:
        case ClockName.GRADE_RECORDED, events.DowngradeAsked():
            return HowEnded("Lower grade asked for", "asked to lower the grade")
        case ClockName.CONCERN_FOR_SAFETY, events.Located():
            return HowEnded("Concern for safety: child located", "recorded the child as located")
        case ClockName.CONCERN_FOR_SAFETY, events.Interviewed():
            return HowEnded("Concern for safety: child spoken to", "recorded the prevention interview")
        case ClockName.RATIONALE_SIGNED_OFF, events.Categorised():
            return HowEnded("Concern-for-safety rationale overturned", "overturned the rationale")
        case ClockName.DUTY_INSPECTOR_TOLD, events.Acknowledged():
            return HowEnded("Duty inspector told", "was told")
        case ClockName.CALLER_TOLD, events.Told(said=ToldCaller.NO_ANSWER):
            return HowEnded("Caller rung, no answer", "rang the caller, no answer")
        case ClockName.TRANSFER_ACCEPTED, events.TransferAccepted():
            return HowEnded("Transfer accepted there", "recorded that the other force accepted")
        case ClockName.TRANSFER_ACCEPTED, events.TransferRefused():
            return HowEnded("Transfer refused there", "recorded that the other force refused")
        case ClockName.TRANSFER_REFUSED, events.Transferred():
            return HowEnded("Refused transfer passed on again", "passed it on again")
        case ClockName.TRANSFER_REFUSED, events.TransferKept():
            return HowEnded("Refused transfer kept here", "kept the case here")
    return None
