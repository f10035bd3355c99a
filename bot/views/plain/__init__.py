"""The same case without Slack: plain text for a terminal and for paper. Its words are those of every other view."""
