"""Why the door says no. The codes are those of `scenarios/README.md`, in the order they are checked."""

from enum import StrEnum


class Because(StrEnum):
    NO_SUCH_PERSON = "no-such-person"
    CASE_CLOSED = "case-closed"
    REQUIRED_FIELD = "required-field"
    UNKNOWN_CATEGORY = "unknown-category"
    TRAINING = "stays-training"
    IN_THE_FUTURE = "in-the-future"
    NOTHING_WAITING = "nothing-waiting"
    ALREADY_DONE = "already-done"
    NOT_ASSIGNED = "not-assigned"
    SECOND_PERSON_REQUIRED = "second-person-required"
    NOT_PERMITTED = "not-permitted"
    RATIONALE_REQUIRED = "rationale-required"
    BELOW_FLOOR = "below-floor"
    MARKER_NOT_CONSIDERED = "marker-not-considered"
    NOT_SEEN_IN_PERSON = "not-seen-in-person"
    INTERVIEW_REQUIRED = "interview-required"


class Refused(Exception):
    """The step was refused and nothing changed."""

    def __init__(self, because: Because, *, field: str = "", case: str = "", about: tuple[str, ...] = ()):
        super().__init__(because.value)
        self.because = because
        self.field = field  # the input it is about, where it is about one
        self.case = case  # the case it is about, where that is not the one asked for
        self.about = about  # codes or people that the sentence should name
