"""The outside, as the desk and the workers see it. `bot.store` and the sandbox of a test both stand behind these."""
