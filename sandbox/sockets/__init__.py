"""How envelopes reach an app: its sockets, or signed HTTP."""
