"""A case's evening on one time axis, as a picture. No name of a child, no place, nobody's words: safe in any mode."""
