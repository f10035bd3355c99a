// Between an instant and what a clock on the wall of a zone shows.
export function wallClock(seconds, zone) {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone, hourCycle: "h23",
    year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  }).formatToParts(new Date(seconds * 1000));
  const of = Object.fromEntries(parts.map((part) => [part.type, part.value]));
  return `${of.year}-${of.month}-${of.day}T${of.hour}:${of.minute}`;
}

export function instant(wall, zone) {
  const asIfUtc = Date.parse(`${wall}Z`) / 1000;
  const first = asIfUtc - offset(asIfUtc, zone);
  return asIfUtc - offset(first, zone); // the offset at the instant itself, near a change of the clocks
}

function offset(seconds, zone) {
  return Date.parse(`${wallClock(seconds, zone)}Z`) / 1000 - Math.floor(seconds / 60) * 60;
}
