"""One answer for each of the ten questions: lines of markup. `bot.views.answers` dates them and puts them together."""
