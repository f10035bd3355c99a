"""A small Slack on 127.0.0.1: the demo, the test double and the screenshots. It knows nothing of the bot."""
