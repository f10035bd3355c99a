"""A number as people write it → the one form that every service of texts takes, or why it is none to write to.

Services that are handed "07700 900124" or "+44 (0)7700 900124" ask their network for +07700900124 and
+4407700900124, and drop what is too short without a word (Apprise 2.3).
"""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

_WRITTEN = re.compile(r"[+(]?[0-9][0-9 ().\-\u2010-\u2015\u00a0]*")
_CALLING_CODE = 44
_TEXTED = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
# Kept free for drama (Ofcom, "Telephone numbers for use in TV and radio drama programmes"), and by GOV.UK Notify for
# tests; no network's, so `phonenumbers` calls them invalid.
_TEST_RANGE = range(7_700_900_000, 7_700_901_000)


class BadNumber(ValueError):
    """Says what is wrong with it, and repeats nothing of it."""


def uk_mobile(written: str) -> str:
    """E.164, such as +447700900124. Raises BadNumber."""
    number = _parsed(written.strip())
    if number.country_code != _CALLING_CODE or not _is_texted(number):
        raise BadNumber("is no UK mobile number")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def spoken(number: str) -> str:
    """For people: +44 7700 900124. `number` is E.164."""
    return phonenumbers.format_number(phonenumbers.parse(number), PhoneNumberFormat.INTERNATIONAL)


def _parsed(written: str) -> PhoneNumber:
    """What `phonenumbers` would guess at (letters, an extension) is refused: a digit left out calls somebody else."""
    if not _WRITTEN.fullmatch(written):
        raise BadNumber("is no number: digits, blanks and a + in front")
    try:
        return phonenumbers.parse(written, "GB")
    except NumberParseException:
        raise BadNumber("has too few or too many digits") from None


def _is_texted(number: PhoneNumber) -> bool:
    if number.national_number in _TEST_RANGE:
        return True
    return phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) in _TEXTED
