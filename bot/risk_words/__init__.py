"""The caller's words, read for risk: text in, questions out. Pure, deterministic, and it knows nothing of cases.

It only asks. Nothing is ticked, and nothing lowered, but by a person.
"""

from bot.risk_words.markers_asked import Ask, RiskWords
from bot.risk_words.phrases import Written, WrittenBeside

__all__ = ["Ask", "RiskWords", "Written", "WrittenBeside"]
