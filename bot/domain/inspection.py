"""The five heads under which the inspectorate speaks of a force (HMICFRS on Wiltshire Police, 2022-23).

The heads are theirs; that a clock stands under one of them is a proposal of ours.
"""

from enum import StrEnum


class InspectionHead(StrEnum):
    LEADERSHIP = "leadership"
    PARTNERSHIP = "partnership"
    INITIAL_RESPONSE = "initial_response"
    RISK_AND_REFERRAL = "risk_assessment_and_referral"
    INVESTIGATION = "investigation"
