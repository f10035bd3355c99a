"""What somebody tells the bot to do in free words. It does none of it: a step is a button's, with a name behind it.

A text is an order where it is nothing else: "ack", "ok I'll take it", "close it please", "assign it to Ola". With more
to say it is talk, which may belong to the case: "I accept that the bus station was wrong".
"""

import re
from enum import StrEnum

from bot.questions.sentences import cases_named


class Order(StrEnum):
    ACCEPT = "accept"
    DECLINE = "decline"
    ACKNOWLEDGE = "acknowledge"
    TAKE = "take"
    ASSIGN = "assign"
    CLOSE = "close"
    MISSING = "missing"
    SIGN_OFF = "sign off"
    GRADE = "grade"
    REVIEW = "review"
    RELEASE = "release"
    TRANSFER = "transfer"
    REOPEN = "reopen"
    VOID = "void"


_IT = r"(?:it|this|that|one|case|job|log|page|alert|ownership|the|an?|my|of|on|for|him|her|them|REF)"
_NAME = r"[\w'’.-]+(?: [\w'’.-]+)?"
_GRADE = r"(?:high|medium|low)(?: risk)?"
_STEPS: tuple[tuple[Order, str], ...] = (
    (Order.ACKNOWLEDGE, rf"ack(?:s|ed|ing|d)?(?: {_IT})*|acknowledg(?:e|es|ed|ing)(?: {_IT})*"),
    (Order.ACCEPT, rf"accept(?:s|ed|ing)?(?: {_IT})*"),
    (Order.DECLINE, rf"(?:declin(?:e|es|ed|ing)|reject(?:ed|ing)?)(?: {_IT})*"),
    (Order.MISSING, rf"(?:record|mark|make|treat|set|class)(?: {_IT})* (?:as )?(?:a )?missing"),
    (
        Order.GRADE,
        rf"(?:(?:re)?grade|make|set|mark|upgrade|downgrade)(?: {_IT})*(?: (?:as|to|at))?(?: {_GRADE})",
    ),
    (Order.GRADE, rf"(?:re)?grade(?: {_IT})*|(?:up|down)grade(?: {_IT})*"),
    (Order.TAKE, rf"(?:take|taking|own|owning|have|grab)(?: {_IT})+(?: over| on)?|take over|taking over"),
    (Order.TAKE, rf"(?:assign|give|allocate)(?: {_IT})* (?:to )?me|(?:assign|give|allocate) me(?: {_IT})*"),
    (
        Order.ASSIGN,
        rf"(?:re)?(?:assign|allocate)(?: {_IT})*(?: to)?(?: {_NAME})?"
        rf"|(?:give|pass|hand)(?: {_IT})+(?: over)? to {_NAME}",
    ),
    (Order.CLOSE, rf"clos(?:e|es|ed|ing)(?: {_IT})*(?: down| off)?"),
    (Order.SIGN_OFF, rf"(?:sign(?:ed|ing)?(?: {_IT})* off|signoff|sign-off)(?: {_IT})*"),
    (Order.REVIEW, rf"review(?:ed|ing)?(?: {_IT})*"),
    (Order.RELEASE, rf"releas(?:e|es|ed|ing)(?: {_IT})*"),
    (Order.TRANSFER, rf"transfer(?:red|ring)?(?: {_IT})*(?: to {_NAME}(?: {_NAME})?)?"),
    (Order.REOPEN, rf"re-?open(?:ed|ing)?(?: {_IT})*"),
    (Order.VOID, rf"(?:void|cancel)(?:led|ed|ing)?(?: {_IT})*"),
)
_PATTERNS = tuple((order, re.compile(pattern)) for order, pattern in _STEPS)
_BEFORE = re.compile(
    r"(?:(?:please|pls|plz|ok|okay|yes|yep|yeah|right|hi|hello|bot|just|now|so|and|then|sorry|we|"
    r"i|i'll|ill|i will|i'm|im|i am|i can|i have|i've|we'll|we are|let me|let's|going to|happy to|"
    r"can you|could you|would you|will you|can i|could i|may i|you can|you need to) )*"
)
_AFTER = re.compile(
    r"(?: (?:please|pls|plz|now|thanks|thank you|ta|cheers|asap|then|ok|for me|mate|sir|maam|guv))*$"
)
_LONGEST = 80  # characters


def order_in(text: str) -> Order | None:
    """The step that a text tells the bot to take, where it says nothing else."""
    said = _plainly(text)
    if not said or len(said) > _LONGEST:
        return None
    bare = _AFTER.sub("", said)[_BEFORE.match(said).end() :]  # type: ignore[union-attr]  # it matches nothing, too
    return next((order for order, pattern in _PATTERNS if pattern.fullmatch(bare)), None)


def _plainly(text: str) -> str:
    lowered = text
    for name in cases_named(text):
        lowered = re.sub(re.escape(name), "REF", lowered, flags=re.IGNORECASE)
    words = re.sub(r"[^\w\s'’.-]", " ", lowered).replace("’", "'")
    return " ".join(word.strip(".") if word == "REF" else word.strip(".").lower() for word in words.split())
