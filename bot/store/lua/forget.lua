-- Forgets the key of a case, for ever, and all that the case was found by. Its entries stay, and so does their chain.
-- ARGV: the reference, what blind persons and blind traces are appended to, then the name of the record, its tally as it
-- was read ('' where there was none), the one that says that it is forgotten, what is left of it, how many entries there
-- have to be and the last of them (or '': whatever there is), its line of the processing log ('': none), and the note of
-- who asked for it, as it was read ('': nobody has to).
local record, entries, incidents, open, due, claimed, leases, tallies, erasures, asked, exports, log = unpack(KEYS)
local ref, persons, trace, name, was, tally, left, expected, last, line, still = unpack(ARGV)
if expected ~= '' then
  local ends = redis.call('LINDEX', entries, -1)
  if redis.call('LLEN', entries) ~= tonumber(expected) or ends ~= last then return 'gone on' end
end
if still ~= '' and redis.call('HGET', asked, ref) ~= still then return 'not asked' end
if (redis.call('HGET', tallies, name) or '') ~= was then return 'again' end
if line ~= '' then redis.call('RPUSH', log, line) end -- first: what cannot be logged is not erased
redis.call('HSET', tallies, name, tally)
local incident, person, traces = unpack(redis.call('HMGET', record, 'incident', 'person', 'traces'))

for each in string.gmatch(traces or '', '%S+') do redis.call('ZREM', trace .. each, ref) end
if incident and incident ~= '' then redis.call('HDEL', incidents, incident) end
if person and person ~= '' then redis.call('ZREM', persons .. person, ref) end
for _, index in ipairs({due, claimed, leases}) do redis.call('ZREM', index, ref) end
redis.call('SREM', open, ref)
redis.call('HDEL', record, 'snapshot', 'incident', 'person', 'traces')
redis.call('HSET', record, 'key', '')
if left ~= '' then redis.call('HSET', erasures, ref, left) end
redis.call('HDEL', asked, ref)
redis.call('HDEL', exports, ref)
return 'forgotten'
