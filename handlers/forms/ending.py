"""Interviews, the protection notice, and closing."""

from bot.domain import commands
from bot.domain.markers import Answer
from bot.views import ids
from bot.views.forms import ending
from bot.views.wording.reasons import Coded, is_log_entry
from handlers.forms.step_form import Filled, StepForm

_UNKNOWN = ("not known", "unknown", "?")


def _interview(filled: Filled) -> commands.Interview:
    in_person = filled.chosen("how") == ending.FACE_TO_FACE
    by_whom = filled.named("by_whom")
    if not by_whom.strip():
        filled.form.errors["by_whom"] = "Not saved. Type who spoke to the child, or offered it."
    return commands.Interview(kind=filled.chosen("kind"), in_person=in_person, by_whom=by_whom)


def _notice(filled: Filled) -> commands.RecordPpn:
    if not filled.screen.full:
        return _coded_notice(filled)
    form = filled.form
    return commands.RecordPpn(ethnicity=_known(form.text("ethnicity")), school=_known(form.text("school")))


def _known(typed: str) -> str:
    return Answer.NOT_KNOWN.value if typed.lower() in _UNKNOWN else typed


def _coded_notice(filled: Filled) -> commands.RecordPpn:
    """What is on it stays in the log; here only that it is there."""
    entry, ticked = filled.form.text("notice_log"), filled.form.ticked("ethnicity")
    if not is_log_entry(entry):
        filled.form.errors["notice_log"] = "Not saved. Type the number of the log entry: digits only."
    on_it = Coded("on_notice", entry).stored()
    said = {each: on_it if each in ticked else Answer.NOT_KNOWN.value for each in ending.ON_NOTICE}
    return commands.RecordPpn(ethnicity=said["ethnicity"], school=said["school"])


STEPS = (
    StepForm(ids.INTERVIEW, commands.Interview, ending.interviewing, _interview),
    StepForm(ids.NOTICE, commands.RecordPpn, ending.notice, _notice),
    StepForm(
        ids.CLOSE,
        commands.Close,
        ending.closing,
        lambda filled: commands.Close(reason=filled.reason("reason")),
    ),
)
