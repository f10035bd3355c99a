"""One answer for each question: lines of markup. `answers` dates them and puts them together."""
