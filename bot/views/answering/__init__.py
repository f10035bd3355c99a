"""One answer for each of the ten questions: lines of markup. `answers` dates them and puts them together."""
