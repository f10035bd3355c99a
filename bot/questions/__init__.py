"""What somebody asks the bot in free words: text in, intents out. Pure, deterministic, and it knows nothing of cases.

Never the wrong answer with confidence: a question is understood where a pattern of `phrases.toml` finds its words, and
all the others are known to be harmless. One word that nobody knows, and nothing is understood; save in a remark that
stands beside the question.
"""

from bot.questions.phrasebook import Intent
from bot.questions.sentences import cases_named
from bot.questions.understanding import understand

__all__ = ["Intent", "cases_named", "understand"]
