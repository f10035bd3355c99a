"""What is asked for where a field of a step is left out, is no code, or is too long: "Not saved. Type …"."""

from enum import StrEnum

from bot.domain import commands
from bot.domain.commands import Command
from bot.domain.content import Numbers
from bot.domain.door import allowed as door
from bot.domain.facts import MARKERS, EnquiryKind, InformationKind, InterviewKind
from bot.domain.refusals import Refused
from bot.views.wording import fact_words

_FIELDS = {
    "age": "the age or birth date",
    "name": "the child's name",
    "why_worried": "why the caller is worried",
    "reporter_name": "the reporter's name",
    "reporter_phone": "the reporter's number",
    "reporter_relationship": "who the reporter is to the child",
    "incident": "the incident number",
    "category": "the category: missing, or concern for safety",
    "who": "who was told",
    "said": "what the caller was told: coming, not_coming or no_answer",
    "attendance": "whether police will attend: yes, no or undecided",
    "decision": "what was decided: requested, not_met or not_now",
    "where": "where the child is",
    "role": "the role, such as fim or supervisor",
    "field": "what is wrong, such as child.age or reported_at",
    "markers": "the markers that were answered",
    "rationale": "the reason",
    "last_seen_where": "where the child was last seen",
    "person_ref": "the person record number",
    "to": "whom: a name",
    "text": "what is new",
    "owner": "who does it",
    "due": "when it is due",
    "next": "when the next review is due: a time to come",
    "result": "what came of it",
    "force": "the other force",
    "earlier": "the reference or incident number of the earlier case",
    "in_person": "whether it was face to face: yes or no",
    "of": "the reference or incident number of another case",
    "outcome": "what follows from it",
    "ethnicity": "the ethnicity, or: not known",
    "missing_from": f"where from, by its code: {fact_words.codes('missing_from')}",
    "sex": f"the sex, by its code: {fact_words.codes('sex')}",
    "found_by": f"who found the child, by its code: {fact_words.codes('found_by')}",
    "harm": f"the harm, by its code: {fact_words.codes('harm')}",
    "cause": f"why the child was missing, by its code: {fact_words.codes('cause')}",
    "school": "the school, or: not known",
    "why": "the reason",
    "reason": "the reason",
    "how": "how they were told",
    "took": "who you spoke to",
    "source": "who says so",
    "seen_by": "who saw the child",
    "by_whom": "by whom",
    "first": "what you will do first",
}


def _codes(kind: type[StrEnum]) -> str:
    return ", ".join(kind)


_FIELDS_OF: dict[tuple[type[Command], str], str] = {
    (commands.Report, "ethnicity"): f"the ethnicity, by its code: {fact_words.codes('child.ethnicity')}",
    (commands.Describe, "ethnicity"): f"the ethnicity, by its code: {fact_words.codes('child.ethnicity')}",
    (commands.SetEnquiry, "text"): "what is to be done",
    (commands.Note, "text"): "what is being done",
    (commands.SetEnquiry, "id"): "a number for the enquiry",
    (commands.SetEnquiry, "kind"): f"the kind: {_codes(EnquiryKind)}",
    (commands.FinishEnquiry, "id"): "which enquiry: its number",
    (commands.Inform, "id"): "a number for the information",
    (commands.Inform, "kind"): f"the kind: {_codes(InformationKind)}",
    (commands.Consider, "id"): "which information: its number",
    (commands.Interview, "kind"): f"which interview: {_codes(InterviewKind)}",
    (commands.Correct, "to"): "the right value. A time: yest 2345. A risk: yes, no or not known",
    (commands.AcceptTransfer, "name"): "who there accepted",
    (commands.RefuseTransfer, "name"): "who there refused",
    (commands.RefuseTransfer, "why"): "why: not_ours, wrong_code, no_capacity, child_is_here or other",
    (commands.Transfer, "why"): "why it is theirs: lives_there, last_seen_there or believed_there",
    (commands.Escalate, "why"): "why now: no_answer, worse, decision or resources",
    (commands.Attend, "where"): "where the officers are",
}
_INSTEAD: dict[tuple[type[Command], str], str] = {
    # Nothing is missing: what is there does not go together.
    (commands.SetEnquiry, "suspect_asked"): (
        "Not saved. Only an arrest or a circulation is about a suspect: choose that kind, or leave out what was asked."
    ),
}


_A_MARKER = f"Not saved. A marker is one of: {', '.join(MARKERS)}."
KEPT_OUT = (
    "Not saved. This force keeps names, places and words in the incident log. Write them there, close this form, and "
    "open it again."
)


def no_number(field: str, numbers: Numbers) -> str:
    """What to type instead."""
    named = _FIELDS.get(field, "the number")
    return f"Type {named} as this force writes it, such as {numbers.of(field).example}."


def refused(no: Refused, command: Command, longest: int, numbers: Numbers) -> str:
    """Why the door does not take what is there, or is not. What was typed is never said again."""
    if door.KEPT_OUT in no.about:
        return KEPT_OUT
    if door.NO_NUMBER in no.about:
        return f"Not saved. {no_number(_field_meant(no.field, command), numbers)}"
    if door.UNKNOWN in no.about and no.field in ("markers", "considered", "changed"):
        return _A_MARKER
    return not_saved(command, no.field, longest)


def _field_meant(field: str, command: Command) -> str:
    return command.field.removeprefix("child.") if isinstance(command, commands.Correct) else field


def not_saved(command: Command, field: str, longest: int) -> str:
    """`longest`: characters of a text that the record takes."""
    if instead := _INSTEAD.get((type(command), field)):
        return instead
    named = _FIELDS_OF.get((type(command), field)) or _FIELDS.get(field, "this")
    if len(_typed(command, field)) > longest:
        return f"Not saved. Shorten {named} to {longest} characters; the rest goes in the log."
    return f"Not saved. Type {named}."


def _typed(command: Command, field: str) -> str:
    for owner, name in ((command, field), (getattr(command, "child", None), field)):
        found = getattr(owner, name, None)
        if isinstance(found, str):
            return found
    found = getattr(getattr(command, "reporter", None), field.removeprefix("reporter_"), "")
    return found if isinstance(found, str) else ""
