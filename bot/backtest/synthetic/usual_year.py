"""What the invented year is drawn from. docs/backtest.md names each figure's source, or says that it is a proposal."""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from bot.domain.facts import Ethnicity, FoundBy, Grade, Harm, MissingFrom, Sex

Weights = Mapping[str, float]
"""Code → how often, beside the others."""


def _weights(**given: float) -> Weights:
    return MappingProxyType(given)


# Who, and how often.
OF_CHILDREN_IN_CARE = 0.33  # of incidents
INCIDENTS_IN_CARE, INCIDENTS_ELSEWHERE = 6.0, 2.3  # a year, of each child reported at all
AGES: Mapping[int, float] = MappingProxyType(
    {8: 1, 9: 1, 10: 2, 11: 4, 12: 8, 13: 14, 14: 18, 15: 21, 16: 19, 17: 12}
)
SEXES: Weights = MappingProxyType({Sex.FEMALE: 0.48, Sex.MALE: 0.52})
ETHNICITY_NOT_RECORDED = 0.31
ETHNICITIES: Weights = MappingProxyType(
    {
        Ethnicity.WHITE_BRITISH: 0.70,
        Ethnicity.WHITE_OTHER: 0.06,
        Ethnicity.BLACK_AFRICAN: 0.07,
        Ethnicity.BLACK_CARIBBEAN: 0.07,
        Ethnicity.PAKISTANI: 0.03,
        Ethnicity.BANGLADESHI: 0.02,
        Ethnicity.MIXED_OTHER: 0.03,
        Ethnicity.OTHER: 0.02,
    }
)
FROM_CARE: Weights = MappingProxyType(
    {
        MissingFrom.CHILDRENS_HOME: 0.6,
        MissingFrom.FOSTER_CARE: 0.25,
        MissingFrom.SUPPORTED_ACCOMMODATION: 0.15,
    }
)
FROM_ELSEWHERE: Weights = MappingProxyType(
    {MissingFrom.HOME: 0.86, MissingFrom.SCHOOL: 0.09, MissingFrom.HOSPITAL: 0.02, MissingFrom.OTHER: 0.03}
)
EXPLOITED = 0.09  # a marker of sexual exploitation

# When police are told: weight of each hour from midnight, and for how long the child is gone.
HOURS = (5, 4, 3, 2, 1.5, 1, 1, 1.5, 2.5, 3, 2.5, 2.5, 2.5, 2.5, 3, 4.5, 6, 7, 7.5, 8, 9, 10, 10, 8)
A_WEEK = 7 * 24 * 60
GONE_FOR = ((0.53, 20, 8 * 60), (0.22, 8 * 60, 24 * 60), (0.10, 24 * 60, 48 * 60), (0.13, 48 * 60, A_WEEK))
"""Share, from how many minutes, to how many; the rest are gone for up to four weeks."""
LONGEST = 4 * A_WEEK

# How it was judged, and how it ended.
GRADES: Weights = MappingProxyType({Grade.HIGH: 16, Grade.MEDIUM: 68, Grade.LOW: 13})
HARMED = 0.017
OF_HARMED_GRADED_HIGH = 0.41
HARMS: Weights = MappingProxyType(
    {Harm.PHYSICAL: 0.5, Harm.SEXUAL: 0.25, Harm.SELF_HARM: 0.24, Harm.FATAL: 0.01}
)
FOUND_BY: Weights = MappingProxyType(
    {
        FoundBy.RETURNED_ALONE: 0.45,
        FoundBy.POLICE: 0.25,
        FoundBy.CARER_OR_FAMILY: 0.2,
        FoundBy.FRIEND: 0.04,
        FoundBy.PUBLIC: 0.02,
        FoundBy.OTHER_AGENCY: 0.04,
    }
)
CALLS_FOR_HIGH = _weights(suicidal_today=3, self_harm=3, cce=4, medication=2, serious_violence=2)
"""A marker that a high grade rests on, beside exploitation."""
MARKED_WHERE_HIGH, MARKED_ELSEWHERE = 0.8, 0.12

# What was done, and how soon.
FILED_AS_CONCERN = 0.3
NOBODY_ATTENDS = 0.15  # of those


class Habit(Struct, frozen=True):
    """How often a thing is done at all, and its median time in minutes."""

    share: float
    median: float


GRADED_IN_REPORT = 0.3
GRADED = Habit(0.97, 25)
LOWERED = Habit(0.15, 300)  # of high, by two people
REFILED = Habit(0.95, 150)
SIGNED_OFF = Habit(0.2, 40)
ACCEPTED = Habit(0.92, 35)
FIM_TOLD = Habit(0.7, 25)  # of high; of others a tenth
INSPECTOR_TOLD = Habit(0.75, 70)
CALLER_TOLD = Habit(0.6, 40)
SOCIAL_CARE_TOLD = Habit(0.65, 120)
ATTENDED = Habit(0.85, 60)
ENQUIRY_SET = Habit(0.8, 60)
ENQUIRY_RESULT = Habit(0.8, 120)
CONSIDERED = Habit(0.85, 35)
REVIEWED = Habit(1.0, 260)  # since the one before
PNC = Habit(0.6, 300)
UKMPU = Habit(0.8, 72 * 60)
PPN = Habit(0.8, 14 * 60)
PREVENTION = Habit(0.85, 8 * 60)  # since the child was seen
RETURN_IN_TIME, RETURN_LATE = 0.63, 0.2
CLOSED = Habit(1.0, 6 * 60)  # since the interview
ENTRY_EVERY = 70  # minutes, on the first day; four times as long after it
INFORMATION_EVERY = 600
LOCATED_BEFORE_SEEN = 0.2
