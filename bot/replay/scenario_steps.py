"""The steps of a scenario: when, who, and one verb."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from bot.files.invalid import Strict
from bot.replay.values import Moment
from bot.replay.verbs.closing_verbs import (
    CloseSaid,
    ConfirmSaid,
    CorrectSaid,
    DuplicateSaid,
    InterviewSaid,
    LocatedSaid,
    ReopenSaid,
    VoidSaid,
)
from bot.replay.verbs.enquiry_verbs import (
    ConsiderSaid,
    EnquiryDoneSaid,
    EnquirySaid,
    InformationSaid,
    NoteSaid,
    PpnSaid,
    TellSaid,
)
from bot.replay.verbs.ownership_verbs import (
    AcceptHandoverSaid,
    AcceptSaid,
    AcknowledgeSaid,
    AssignSaid,
    DeclineSaid,
    OfferHandoverSaid,
    ReleaseSaid,
    TakeSaid,
    TransferAcceptSaid,
    TransferSaid,
)
from bot.replay.verbs.report_verbs import GradeSaid, ReportSaid, SameChildSaid
from bot.replay.verbs.risk_verbs import ApproveSaid, CategoriseSaid, RefuseSaid, ReviewSaid, SignOffSaid
from bot.replay.verbs.verb import Arguments

_BESIDE_THE_VERB = ("at", "by", "case", "times")
TIMERVERBS = ("down", "up")
WITHOUT_CASE = (*TIMERVERBS, "report", "offer_handover", "accept_handover")


class NothingSaid(Arguments):
    """`down` and `up`: the timer itself stops, and starts again."""


class ScenarioStep(Strict):
    at: Moment
    by: str | None = None
    case: str | None = None
    times: int = Field(default=1, ge=1)

    report: ReportSaid | None = None
    grade: GradeSaid | None = None
    approve: ApproveSaid | None = None
    refuse: RefuseSaid | None = None
    categorise: CategoriseSaid | None = None
    sign_off: SignOffSaid | None = None
    same_child: SameChildSaid | None = None
    assign: AssignSaid | None = None
    accept: AcceptSaid | None = None
    decline: DeclineSaid | None = None
    release: ReleaseSaid | None = None
    take: TakeSaid | None = None
    acknowledge: AcknowledgeSaid | None = None
    tell: TellSaid | None = None
    enquiry: EnquirySaid | None = None
    enquiry_done: EnquiryDoneSaid | None = None
    note: NoteSaid | None = None
    information: InformationSaid | None = None
    consider: ConsiderSaid | None = None
    review: ReviewSaid | None = None
    ppn: PpnSaid | None = None
    offer_handover: OfferHandoverSaid | None = None
    accept_handover: AcceptHandoverSaid | None = None
    transfer: TransferSaid | None = None
    transfer_accept: TransferAcceptSaid | None = None
    located: LocatedSaid | None = None
    interview: InterviewSaid | None = None
    close: CloseSaid | None = None
    reopen: ReopenSaid | None = None
    correct: CorrectSaid | None = None
    void: VoidSaid | None = None
    duplicate: DuplicateSaid | None = None
    confirm: ConfirmSaid | None = None
    down: NothingSaid | None = None
    up: NothingSaid | None = None

    @classmethod
    def cleaned(cls, data: Any) -> Any:
        """`acknowledge:` with nothing behind it is a step too."""
        if not isinstance(data, Mapping):
            return data
        return {
            key: {} if value is None and key not in _BESIDE_THE_VERB else value for key, value in data.items()
        }

    @model_validator(mode="after")
    def _one_verb_by_somebody(self) -> "ScenarioStep":
        if len(self._verbs()) != 1:
            raise PydanticCustomError("verb", "exactly one verb of {known}", {"known": ", ".join(VERBS)})
        if self.verb in TIMERVERBS and self.by:
            raise PydanticCustomError("by", "no 'by': the timer stops and starts by itself")
        if self.verb not in TIMERVERBS and not self.by:
            raise PydanticCustomError("by", "'by', the person who takes the step")
        if self.times > 1 and not self.report:
            raise PydanticCustomError("times", "'times' beside a report only")
        return self

    def _verbs(self) -> list[str]:
        return [name for name in VERBS if name in self.model_fields_set]

    @property
    def verb(self) -> str:
        return self._verbs()[0]

    @property
    def arguments(self) -> Arguments:
        arguments: Arguments = getattr(self, self.verb)
        return arguments


VERBS = tuple(name for name in ScenarioStep.model_fields if name not in _BESIDE_THE_VERB)
