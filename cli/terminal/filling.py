"""One step from what was typed: from options, from what is asked, and, where no words may be kept, from coded lists."""

from collections.abc import Mapping, Sequence
from secrets import token_hex
from typing import Any

from bot import typed_values
from bot.domain import commands
from bot.domain.case import Case
from bot.domain.commands import Command
from bot.domain.declared import Field, FieldKind, Prompt, leaves_of, made
from bot.domain.facts import MARKERS, Answer, Category, Grade
from bot.typed_values import NotReadable, NotTakable
from bot.views.wording import words
from bot.views.wording.reasons import Coded, is_log_entry
from cli.terminal import prompting
from cli.terminal.command_line import option_of
from cli.terminal.field_reading import Reader, numbered
from cli.terminal.prompting import Asker
from handlers.errors import NotDone
from handlers.forms.considered import NOTHING_CHANGED, with_what_changed

_KEPT_IN_LOG = "This force keeps names, places and words in the incident log. Leave out {option}."
_RATIONALE = ("rationale",)
_CHANGED = ("changed",)


class Filling:
    """`given`: field → what was said by an option; `log_entry`: where the words behind coded reasons are."""

    def __init__(
        self, kind: type[Command], given: Mapping[Field, str], reader: Reader, asker: Asker, log_entry: str
    ) -> None:
        self._kind = kind
        self._reader = reader
        self._asker = asker
        self._log_entry = log_entry
        self._values: dict[tuple[str, ...], Any] = {}
        self._what_changed = ""  # what makes a lower grade right, in their own words
        for field in leaves_of(kind):
            if typed := given.get(field):
                self._set(field, typed)

    def command(self) -> Command:
        """Asks for what is missing. Raises NotReadable, NotDone with the sentence, or Refused."""
        for field in leaves_of(self._kind):
            if field.prompt and self._is_wanted(field, field.prompt):
                self._ask(field, field.prompt)
            if field.kind is FieldKind.ITEM and not field.prompt:  # what the step makes is named here
                self._values.setdefault(field.path, token_hex(4))
        if self._what_changed:
            self._values[_RATIONALE] = with_what_changed(self._values.get(_RATIONALE, ""), self._what_changed)
        return made(self._kind, _nested(self._values), self._reader.screen.now)

    # --- one field --------------------------------------------------------------------------------------------

    def _set(self, field: Field, typed: str) -> None:
        value = self._read(field, typed)
        born = field.kind is FieldKind.AGE and not isinstance(value, int)
        self._values[("child", "born") if born else field.path] = value

    def _read(self, field: Field, typed: str) -> Any:
        if field.kind is FieldKind.CORRECTION:
            wrong = str(self._values.get(("field",), ""))
            return typed_values.correction(wrong, typed, self._reader.screen)
        if field.kind is FieldKind.WORDS:
            return self._read_words(field, typed)
        if field.kind is FieldKind.ITEM:
            typed = numbered(typed, list(self._items()) if field.prompt else [])
        if field.attribute == "ethnicity" and field.choices and not self._reader.screen.asks_ethnicity:
            raise NotTakable(typed_values.NO_ETHNICITY)
        if field.kind is FieldKind.BORN and not self._reader.screen.full:
            raise NotTakable(_KEPT_IN_LOG.format(option=option_of(field)))
        return self._reader.read(field, typed)

    def _read_words(self, field: Field, typed: str) -> str:
        question = field.prompt.coded if field.prompt else ""
        if typed.lower() in ("not known", "not_known"):
            return Answer.NOT_KNOWN.value if question else ""
        if self._reader.screen.full:
            return typed
        if not question:
            raise NotTakable(_KEPT_IN_LOG.format(option=option_of(field)))
        return self._coded(question, field, typed)

    def _coded(self, question: str, field: Field, typed: str) -> str:
        reasons = self._reader.screen.reasons.of(question)
        if typed not in reasons:
            codes = "; ".join(f"{code} ({words})" for code, words in reasons.items())
            raise NotTakable(f"The words stay in the log; {option_of(field)} is one of: {codes}.")
        return Coded(typed, self._entry()).stored()

    def _entry(self) -> str:
        if not self._log_entry:
            self._log_entry = self._asker.ask("Log entry no.: digits. The words stay in the log") or ""
        if not is_log_entry(self._log_entry):
            self._log_entry = ""  # who is asked again, is asked for it again
            raise NotTakable("Type the number of the log entry, digits only: --log-entry 17")
        return self._log_entry

    # --- what was left out --------------------------------------------------------------------------------------

    def _is_wanted(self, field: Field, prompt: Prompt) -> bool:
        given = field.path in self._values or (
            field.kind is FieldKind.AGE and ("child", "born") in self._values
        )
        concern = self._values.get(("category",)) == Category.CONCERN_FOR_SAFETY
        kept_out = field.kind is FieldKind.WORDS and not self._reader.screen.full and not prompt.coded
        return not given and (concern or not prompt.of_concern) and not kept_out

    def _ask(self, field: Field, prompt: Prompt) -> None:
        if field.kind is FieldKind.CONSIDERED:
            self._consider(field)
        elif field.kind is FieldKind.ITEM and len(self._waiting()) == 1:
            self._values[field.path] = self._waiting()[0]
        else:
            self._ask_plainly(field, prompt)

    def _ask_plainly(self, field: Field, prompt: Prompt) -> None:
        shown, chosen = (
            self._menu(prompt) if prompt.coded and not self._reader.screen.full else (prompt.text, None)
        )
        enter = f" [{prompt.preset}]" if prompt.preset else ""
        left_out = f" (Enter: {prompt.enter})" if prompt.enter else ""

        def take(typed: str) -> bool:
            typed = typed or prompt.preset
            if typed:
                self._set(field, chosen(typed) if chosen else typed)
            elif self._asker.is_person and not prompt.enter:
                raise NotReadable("This is needed. Ctrl-C stops, and nothing is done.")
            return True

        self._asker.until_readable(shown + left_out + enter, take)

    def _menu(self, prompt: Prompt) -> tuple[str, Any]:
        reasons = self._reader.screen.reasons.of(prompt.coded)
        shown, read = prompting.menu(reasons.items())
        return f"{prompt.text}\n{shown}\nNumber", read

    def _consider(self, field: Field) -> None:
        """Each marker that was answered yes, one by one: none is considered by default (domain.md §5)."""
        case = self._reader.case
        if case is None or not self._lowers(case):
            return
        said = {code: self._says_considered(code) for code in case.live_markers}
        self._values[field.path] = tuple(code for code, how in said.items() if how)
        changed = tuple(code for code, how in said.items() if how == "changed")
        if changed:
            self._values.setdefault(_CHANGED, changed)
        if any(said.values()) and self._kind is commands.GradeCase and self._asker.is_person:
            self._ask_what_changed(needed=not self._values.get(_CHANGED))

    def _ask_what_changed(self, *, needed: bool) -> None:
        """A lower grade with every marker still a risk has no reason."""
        if self._reader.screen.full:
            self._what_changed = self._asker.ask("What changed, who says so, when?") or ""
        if needed and not self._what_changed:
            raise NotDone(NOTHING_CHANGED)

    def _lowers(self, case: Case) -> bool:
        level = self._values.get(("level",))
        return level is None or Grade(level).is_below(case.running_grade)

    def _says_considered(self, code: str) -> str:
        """Empty where it was not considered."""
        asked = f"Considered: {words.lower_first(MARKERS[code])}? still, changed or no"
        answer = (self._asker.ask(asked) or "").lower()
        return answer if answer in ("changed", "still", "yes", "y") else ""

    def _items(self) -> Mapping[str, Any]:
        case = self._reader.case
        if case is None:
            return {}
        return case.information if self._kind is commands.Consider else case.enquiries

    def _waiting(self) -> Sequence[str]:
        done = "considered" if self._kind is commands.Consider else "done"
        return [id for id, item in self._items().items() if not getattr(item, done)]


def _nested(values: Mapping[tuple[str, ...], Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for path, value in values.items():
        *above, last = path
        place = made
        for name in above:
            place = place.setdefault(name, {})
        place[last] = value
    return made
