"""Where cases are kept: one process's memory, or a Redis server. Both stand behind `bot.ports`."""
