-- One step on a record: entries, snapshot, indexes, the next wake-up and the outbox; all of it or nothing.
-- Everything that can refuse comes before the first write.
--
-- ARGV: the step as JSON, the snapshot, then the entries, then the outbox rows, then what takes the place of a draft.
local entries, record, incidents, open, due, claimed, leases, lanes, turns = unpack(KEYS)
local step = cjson.decode(ARGV[1])
local snapshot, first_entry, first_row = ARGV[2], 3, 3 + step.entries

local function already_applied()
  -- Each stored entry names its append, so equal bytes mean: this very call ran before and its reply was lost.
  return step.entries > 0 and redis.call('LINDEX', entries, step.expected) == ARGV[first_entry]
end

local function unfile(incident, person, traces)
  for trace in string.gmatch(traces or '', '%S+') do redis.call('ZREM', step.trace .. trace, step.ref) end
  if incident and incident ~= step.incident then redis.call('HDEL', incidents, incident) end
  if person and person ~= step.person then redis.call('ZREM', step.persons .. person, step.ref) end
end

local function file()
  local traces = table.concat(step.traces, ' ')
  unfile(unpack(redis.call('HMGET', record, 'incident', 'person', 'traces')))
  redis.call('HSET', record, 'snapshot', snapshot, 'incident', step.incident, 'person', step.person, 'traces', traces)
  for _, trace in ipairs(step.traces) do redis.call('ZADD', step.trace .. trace, step.told, step.ref) end
  if step.incident ~= '' then redis.call('HSET', incidents, step.incident, step.ref) end
  if step.person ~= '' then redis.call('ZADD', step.persons .. step.person, step.told, step.ref) end
  redis.call(step.open and 'SADD' or 'SREM', open, step.ref)
end

if redis.call('LLEN', entries) ~= step.expected then
  return already_applied() and {'done'} or {'conflict'}
end
local holder = step.incident ~= '' and redis.call('HGET', incidents, step.incident)
if holder and holder ~= step.ref then return {'taken', holder} end

for i = first_entry, first_row - 1 do redis.call('RPUSH', entries, ARGV[i]) end
if step.entries > 0 then file() end

redis.call('ZREM', claimed, step.ref)
redis.call('ZREM', leases, step.ref)
if step.wake == '' then
  redis.call('ZREM', due, step.ref)
else
  redis.call('ZADD', due, step.wake, step.ref)
end

for i, row in ipairs(step.rows) do
  redis.call('HSET', row.key .. ':rows', row.id, ARGV[first_row + i - 1])
  redis.call('ZADD', row.key .. ':order', 'NX', row.rank * 2^40 + redis.call('INCR', turns), row.id)
  redis.call('SADD', lanes, row.lane)
end
if step.draft ~= '' then redis.call('SET', step.draft, ARGV[#ARGV], 'EX', step.draft_for) end
return {'done'}
