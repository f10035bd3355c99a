"""References that a person can say over the radio."""


def spoken_ref(year: int, number: int) -> str:
    """The number grows past four digits in a busy year rather than start again."""
    return f"MC-{year % 100:02}-{number:04}"
