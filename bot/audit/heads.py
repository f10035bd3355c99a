"""The inspectorate's five heads, and which clocks speak of each (HMICFRS on Wiltshire Police, 2022-23).

The heads are theirs; that a clock stands under one of them is a proposal of ours.
"""

from collections.abc import Mapping
from enum import StrEnum

from bot.domain.policy import ClockName as Clk


class AuditHead(StrEnum):
    LEADERSHIP = "leadership"
    PARTNERSHIP = "partnership"
    INITIAL_RESPONSE = "initial_response"
    RISK_AND_REFERRAL = "risk_assessment_and_referral"
    INVESTIGATION = "investigation"


HEADS: Mapping[AuditHead, tuple[Clk, ...]] = {
    AuditHead.LEADERSHIP: (
        Clk.FIM_AWARE,
        Clk.FIM_ASKED,
        Clk.DUTY_INSPECTOR_TOLD,
        Clk.RATIONALE_SIGNED_OFF,
        Clk.REGRADE_APPROVAL,
        Clk.CLOSURE,
    ),
    AuditHead.PARTNERSHIP: (
        Clk.SOCIAL_CARE_TOLD,
        Clk.TRANSFER_ACCEPTED,
        Clk.TRANSFER_REFUSED,
        Clk.UKMPU,
        Clk.RETURN_INTERVIEW,
    ),
    AuditHead.INITIAL_RESPONSE: (
        Clk.OWNER_ACCEPTED,
        Clk.CONCERN_FOR_SAFETY,
        Clk.CALLER_TOLD,
        Clk.FIRST_ATTENDANCE,
    ),
    AuditHead.RISK_AND_REFERRAL: (Clk.GRADE_RECORDED, Clk.REVIEW, Clk.NEW_INFORMATION, Clk.PPN),
    AuditHead.INVESTIGATION: (
        Clk.LINES_OF_ENQUIRY,
        Clk.ENQUIRY_DONE,
        Clk.SILENT_CASE,
        Clk.PNC,
        Clk.PREVENTION_INTERVIEW,
    ),
}
_OF_A_ROLE = {Clk.HANDOVER_ACCEPTED}
assert {name for names in HEADS.values() for name in names} == set(Clk) - _OF_A_ROLE, "a clock under no head"
