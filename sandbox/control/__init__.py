"""The control API: arrange the workspace, act as a person, read as a person, make faults."""
