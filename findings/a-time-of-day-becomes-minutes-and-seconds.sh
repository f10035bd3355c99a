#!/usr/bin/env bash
# A return of the month is a CSV with the time each child was last seen: 21:45. `csvkit` sorts, joins and turns such files into JSON.
#
# Guess, written first: a column of times without a date stays text; at most it is a time of day.
# Seen: it is a duration of minutes and seconds: 21:45 is written as 0:21:45, by csvsort and csvjson alike, and csvstat adds the
# times up. With one value "not known" among them the column stays text. So one month's file reads otherwise than the next one's.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check csvkit==2.2.0 agate==1.14.2 pytimeparse==1.1.10 2>/dev/null
printf 'ref,last_seen\nMC-26-0142,21:45\nMC-26-0143,01:30\n' >"$room/march.csv"
printf 'ref,last_seen\nMC-26-0144,21:45\nMC-26-0145,01:30\nMC-26-0146,not known\n' >"$room/april.csv"
march=$("$room/venv/bin/csvsort" -c ref "$room/march.csv" | tr '\n' ' ')
april=$("$room/venv/bin/csvsort" -c ref "$room/april.csv" | tr '\n' ' ')
json=$("$room/venv/bin/csvjson" "$room/march.csv")
sum=$("$room/venv/bin/csvstat" --sum -c last_seen "$room/march.csv")
echo "csvkit 2.2.0 · March: $march· April: $april· as JSON: $json · their sum: $sum"
[ "$march" = "ref,last_seen MC-26-0142,0:21:45 MC-26-0143,0:01:30 " ]
[ "$april" = "ref,last_seen MC-26-0144,21:45 MC-26-0145,01:30 MC-26-0146,not known " ]
[ "$json" = '[{"ref": "MC-26-0142", "last_seen": "0:21:45"}, {"ref": "MC-26-0143", "last_seen": "0:01:30"}]' ]
[ "$sum" = "0:23:15" ]
