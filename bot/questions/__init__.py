"""What somebody asks the bot in free words: text in, intents out. Pure, deterministic, and it knows nothing of cases.

Never the wrong answer with confidence: a question is understood where a pattern of `phrases.toml` covers all of its
words. One word too many, and nothing is understood.
"""

from bot.questions.intents import Intent
from bot.questions.reading import cases_named
from bot.questions.understanding import understand

__all__ = ["Intent", "cases_named", "understand"]
