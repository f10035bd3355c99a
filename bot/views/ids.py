"""Names that Slack hands back: of buttons, inputs and views. None holds anything about a person."""

# Buttons. Their value is a case's reference, where nothing else is said.
ACKNOWLEDGE = "acknowledge"
ESCALATE = "escalate"  # opens the view of the same name
ACKNOWLEDGE_MANY = "acknowledge_many"  # value: references, comma between
SHOW_ALL = "show_all"  # value: a role
TAKE = "take"
RECORD_MISSING = "record_missing"
OPEN_CASE = "open_case"
REFRESH_CASE = "refresh_case"
MORE = "more"  # an overflow; its options are `choice`s of MENU
MENU = {
    "assign": "Assign",
    "information": "Information",
    "caller": "Caller told",
    "told": "Others told",
    "located": "Located",
}
ACCEPT = "accept"
ADD_TO_CASE = "add_to_case"
KEEP_ACTIVITY = "keep_activity"  # value: reference and the message's place
KEEP_INFORMATION = "keep_information"
DETAILS = "details"
TIMELINE_PICTURE = "timeline_picture"
LIST = "list"  # list_late, list_next …: value: which cases, and the page
PRACTICE = "practice"
PRACTICE_ACKNOWLEDGE = "practice_acknowledge"
WELCOMED = "welcomed"
MOVE_BOARD = "move_board"  # value: a channel

# Duties. The value of those on a hand-over is the offer's number.
HAND_OVER = "hand_over"  # opens the view of the same name
ACCEPT_ALL = "accept_all"
ACCEPT_EACH = "accept_each"
TAKE_CASE = "take_case"  # value: number and reference
TAKE_REST = "take_rest"
READ_BACK = "read_back"
DUTY = "duty"
PUT_ON_DUTY = "put_on_duty"
TAKE_OFF_DUTY = "take_off_duty"

# Buttons that open a view of the same name. Their value is a reference, and the item of the case that it is about.
DECLINE = "decline"
SET_ENQUIRY = "set_enquiry"
FINISH_ENQUIRY = "finish_enquiry"
GRADE = "grade"
DECIDE = "decide"
SIGN_OFF = "sign_off"
REVIEW = "review"
CONSIDER = "consider"
ADD_NOTE = "add_note"
INTERVIEW = "interview"
CLOSE = "close"
NOTICE = "notice"
RELEASE = "release"
TRANSFER = "transfer"
TRANSFER_ACCEPTED = "transfer_accepted"
TRANSFER_REFUSED = "transfer_refused"
KEEP = "keep"
ATTENDED = "attended"
ATTENDANCE = "attendance"
CARER_DISAGREES = "carer_disagrees"
ALERT = "alert"
REOPEN = "reopen"
VOID = "void"
DUPLICATE = "duplicate"
CONFIRM = "confirm"
THEIR_WORDS = "their_words"
CORRECT = "correct"
SELDOM = "seldom"  # an overflow of the open case; its options say "step:reference"

# Inside the report.
LIVE = "live"  # an input whose change may change the proposal
CONCERN_INSTEAD = "concern_instead"
KEEP_MISSING = "keep_missing"
GO_ON = "go_on"  # value: form, reference, item
START_FRESH = "start_fresh"
SAME_CHILD = "same_child"  # value: this case, and the earlier one
SHOW_NO_LISTS = "show_no_lists"

# Views.
REPORT = "report"
TRAINING_REPORT = (
    "training_report"  # a form of its own: what is typed into one is never gone on with in the other
)
REPORTS = (REPORT, TRAINING_REPORT)
RISK = "risk"
ASSIGN = "assign"
TELLING = "telling"
CALLER_TOLD = "caller_told"
LOCATING = "locating"
SAME_INCIDENT = "same_incident"
CASE = "case"
MANY = "many"
UNFINISHED = "unfinished"
WHICH_CASE = "which_case"

VALUE = "value"  # action_id of an input whose change redraws nothing; its block says which it is


def together(*things: str) -> str:
    """What a button carries of several things; the last may be empty."""
    return " ".join(things).rstrip()


def apart(value: str, count: int) -> list[str]:
    """They again, so many; empty where the button carried fewer."""
    things = value.split(" ", count - 1)
    return things + [""] * (count - len(things))


def choice(what: str, ref: str) -> str:
    """What a row of a menu carries: what to do, and with which case."""
    return f"{what}:{ref}"


def chosen(value: str) -> tuple[str, str]:
    what, _, ref = value.partition(":")
    return what, ref
