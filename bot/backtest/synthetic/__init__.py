"""A force's year that never happened, as a log of incidents: for a back-test before a force has exported its own."""
