"""`missing-bot doctor`: whether this installation would reach anybody; one line for each thing that was looked at."""
