"""`missing-bot demo`: the whole of it on this machine, with invented people and a fast case clock."""
