#!/usr/bin/env bash
# A 999 call is written down by a machine, numbers as words; packages make figures of them. A caller says when, "twenty one forty five", and her own
# number, 07700 900123, which ends "nine hundred, one two three".
#
# Guess, written first: Spoken: a transcript's "twenty one forty five" becomes 2145, "21 45", or is left as words; "oh seven seven double oh nine" is
# left or 07700 9.
# Seen: the time is 65 for `word2number` and 66 for `word2num`. Of the number's end `ovos-number-parser` makes "901 902 903": it hands the "nine
# hundred" on to each word that follows. `text2num`, `number-parser`, `text2digits` and `numwords-to-nums` make 901 2 3 or 90123, a figure
# short; for `word2num` it is 1023, for `word2number` 9. No package keeps the six. Said figure by figure ("nine zero zero ...") they stay, but for
# `word2number`. A number to ring a child's mother on is another one, and looks like a number.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check word2number==1.1 word2num==0.1.2 ovos-number-parser==0.19.13 text2num==3.1.0 \
  number-parser==0.3.2 text2digits==0.1.2 numwords-to-nums==1.2.0 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
from importlib.metadata import version

import number_parser
import ovos_number_parser
import word2num
from numwords_to_nums.numwords_to_nums import NumWordsToNum
from text2digits.text2digits import Text2Digits
from text_to_num import alpha2digit
from word2number import w2n

SAID = ("twenty one forty five", "nine hundred one two three", "nine zero zero one two three")
READ = {
    "word2number": w2n.word_to_num,
    "word2num": lambda words: int(word2num.word2num(words)),
    "ovos-number-parser": lambda words: ovos_number_parser.numbers_to_digits(words, "en"),
    "text2num": lambda words: alpha2digit(words, "en"),
    "number-parser": number_parser.parse,
    "text2digits": lambda words: Text2Digits().convert(words),
    "numwords-to-nums": lambda words: NumWordsToNum().numerical_words_to_numbers(words),
}
seen = {package: [str(read(words)) for words in SAID] for package, read in READ.items()}
for package, figures in seen.items():
    print(package, version(package), dict(zip(SAID, figures, strict=True)))
assert seen == {
    "word2number": ["65", "9", "9"],
    "word2num": ["66", "1023", "900123"],
    "ovos-number-parser": ["21 45", "901 902 903", "9 0 0 1 2 3"],
    "text2num": ["21 45", "901 2 3", "9 001 2 3"],
    "number-parser": ["21 45", "901 2 3", "9 0 0 1 2 3"],
    "text2digits": ["2145", "90123", "900123"],
    "numwords-to-nums": ["2145", "90123", "900123"],
}, seen
PY
