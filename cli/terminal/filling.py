"""The arguments of one verb: from options, from what is asked, and, where no words may be kept, from coded lists."""

from collections.abc import Mapping, Sequence
from secrets import token_hex
from typing import Any

from pydantic import ValidationError

from bot.domain.case import Case
from bot.domain.declared import FieldKind
from bot.domain.facts import Category
from bot.domain.grades import Grade
from bot.domain.markers import MARKERS, Answer
from bot.files.invalid import problems_of
from bot.replay.verbs.verb import Arguments
from bot.views.wording import words
from bot.views.wording.reasons import Coded, is_log_entry
from cli.terminal import prompting
from cli.terminal.field_reading import NotReadable, Reader, corrected, numbered
from cli.terminal.fields import VerbField, fields_of
from cli.terminal.prompting import Asker
from cli.terminal.verbs import AskedField, Verb
from handlers.errors import NotDone
from handlers.forms.considered import NOTHING_CHANGED, with_what_changed

_KEPT_IN_LOG = "Not saved. This force keeps names, places and words in the incident log. Leave out {option}."
_ITEMS_OF = {"enquiry_done": "enquiries", "consider": "information"}
_RATIONALE = ("rationale",)
_NAMED_HERE = ("enquiry", "information")  # verbs that make an item, which needs an id


class Filling:
    """`given`: field → what was typed as an option; `log_entry`: where the words behind coded reasons are."""

    def __init__(
        self, verb: Verb, given: Mapping[str, str], reader: Reader, asker: Asker, log_entry: str
    ) -> None:
        self._verb = verb
        self._fields = {field.name: field for field in fields_of(verb.model)}
        self._reader = reader
        self._asker = asker
        self._log_entry = log_entry
        self._values: dict[tuple[str, ...], Any] = {}
        self._changed = ""  # what makes a lower grade right, in their own words
        for name, typed in given.items():
            self._set(self._fields[name], prompting.all_of_stdin() if typed == "-" else typed)

    def arguments(self) -> Arguments:
        """Asks for what is missing. Raises Unreadable, or NotDone with the sentence."""
        for ask in self._verb.asks:
            if self._is_wanted(ask):
                self._ask(ask)
        if self._changed:
            self._values[_RATIONALE] = with_what_changed(self._values.get(_RATIONALE, ""), self._changed)
        if self._verb.name in _NAMED_HERE:
            self._values.setdefault(("id",), token_hex(4))
        try:
            return self._verb.model.model_validate(_nested(self._values))
        except ValidationError as wrong:
            raise NotReadable("; ".join(problem.expected for problem in problems_of(wrong))) from None

    # --- one field --------------------------------------------------------------------------------------------

    def _set(self, field: VerbField, typed: str) -> None:
        value = self._read(field, typed)
        born = field.kind is FieldKind.AGE and not isinstance(value, int)
        self._values[("child", "born") if born else field.path] = value

    def _read(self, field: VerbField, typed: str) -> Any:
        if field.kind is FieldKind.WORDS:
            return self._read_words(field, typed)
        if field.kind is FieldKind.ITEM:
            typed = numbered(typed, list(self._items()))
        if field.kind is FieldKind.BORN and not self._reader.screen.full:
            raise NotDone(_KEPT_IN_LOG.format(option=field.option))
        value = self._reader.read(field, typed)
        if field.choices and value not in field.choices:
            raise NotReadable(f"{field.option.removeprefix('--')} is one of: {', '.join(field.choices)}.")
        return value

    def _read_words(self, field: VerbField, typed: str) -> str:
        if self._verb.name == "correct" and field.name == "to":
            return corrected(str(self._values.get(("field",), "")), typed, self._reader)
        question = self._verb.question_of(field.name)
        if typed.lower() in ("not known", "not_known"):
            return Answer.NOT_KNOWN.value if question else ""
        if self._reader.screen.full:
            return typed
        if not question:
            raise NotDone(_KEPT_IN_LOG.format(option=field.option))
        return self._coded(question, field, typed)

    def _coded(self, question: str, field: VerbField, typed: str) -> str:
        reasons = self._reader.screen.reasons.of(question)
        if typed not in reasons:
            codes = "; ".join(f"{code} ({words})" for code, words in reasons.items())
            raise NotDone(f"Not saved. The words stay in the log; {field.option} is one of: {codes}.")
        return Coded(typed, self._entry()).stored()

    def _entry(self) -> str:
        if not self._log_entry:
            self._log_entry = self._asker.ask("Log entry no.: digits. The words stay in the log") or ""
        if not is_log_entry(self._log_entry):
            raise NotDone("Not saved. Type the number of the log entry, digits only: --log-entry 17")
        return self._log_entry

    # --- what was left out --------------------------------------------------------------------------------------

    def _is_wanted(self, ask: AskedField) -> bool:
        field = self._fields[ask.field]
        given = field.path in self._values or (
            field.kind is FieldKind.AGE and ("child", "born") in self._values
        )
        concern = self._values.get(("category",)) == Category.CONCERN_FOR_SAFETY
        kept_out = field.kind is FieldKind.WORDS and not self._reader.screen.full and not ask.question
        is_right_value = (self._verb.name, ask.field) == ("correct", "to")
        return not given and (concern or not ask.of_concern) and (is_right_value or not kept_out)

    def _ask(self, ask: AskedField) -> None:
        field = self._fields[ask.field]
        if field.kind is FieldKind.CONSIDERED:
            self._consider(field)
        elif field.kind is FieldKind.ITEM and len(self._waiting()) == 1:
            self._values[field.path] = self._waiting()[0]
        else:
            self._ask_plainly(ask, field)

    def _ask_plainly(self, ask: AskedField, field: VerbField) -> None:
        prompt, chosen = (
            self._menu(ask) if ask.question and not self._reader.screen.full else (ask.prompt, None)
        )
        enter = f" [{ask.preset}]" if ask.preset else ""

        def take(typed: str) -> bool:
            typed = typed or ask.preset
            if typed:
                self._set(field, chosen(typed) if chosen else typed)
            elif self._asker.is_person and not ask.optional:
                raise NotReadable("This is needed. Ctrl-C stops, and nothing is done.")
            return True

        self._asker.until_readable(prompt + enter, take)

    def _menu(self, ask: AskedField) -> tuple[str, Any]:
        reasons = self._reader.screen.reasons.of(ask.question)
        shown, read = prompting.menu(reasons.items())
        return f"{ask.prompt}\n{shown}\nNumber", read

    def _consider(self, field: VerbField) -> None:
        """Each marker that was answered yes, one by one: none is considered by default (domain.md §5)."""
        case = self._reader.case
        if case is None or not self._lowers(case):
            return
        said = [code for code in case.live_markers if self._says_considered(code)]
        self._values[field.path] = tuple(said)
        if said and self._verb.name == "grade" and self._asker.is_person:
            self._ask_what_changed()

    def _ask_what_changed(self) -> None:
        """A lower grade with every marker still a risk has no reason. Where no words may be kept: whether any did."""
        if not self._reader.screen.full:
            if (self._asker.ask("Has any of them changed? yes or no") or "").lower() not in ("yes", "y"):
                raise NotDone(NOTHING_CHANGED)
            return
        self._changed = self._asker.ask("What changed, who says so, when?") or ""
        if not self._changed:
            raise NotDone(NOTHING_CHANGED)

    def _lowers(self, case: Case) -> bool:
        level = self._values.get(("level",))
        return level is None or Grade(level).is_below(case.running_grade)

    def _says_considered(self, code: str) -> bool:
        asked = f"Considered: {words.lower_first(MARKERS[code])}? yes or no"
        return (self._asker.ask(asked) or "").lower() in ("yes", "y")

    def _items(self) -> Sequence[str]:
        kind = _ITEMS_OF.get(self._verb.name)
        return list(getattr(self._reader.case, kind)) if kind else []

    def _waiting(self) -> Sequence[str]:
        case = self._reader.case
        if case is None:
            return []
        if self._verb.name == "consider":
            return [item.id for item in case.information.values() if not item.considered]
        return [item.id for item in case.enquiries.values() if not item.done]


def _nested(values: Mapping[tuple[str, ...], Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for path, value in values.items():
        *above, last = path
        place = made
        for name in above:
            place = place.setdefault(name, {})
        place[last] = value
    return made
