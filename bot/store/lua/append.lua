-- One step on a record: entries, snapshot, indexes, the next wake-up and the outbox; all of it or nothing.
-- Everything that can refuse comes before the first write.
--
-- ARGV: the step as JSON, the key that it is sealed under and the root of all keys (both wrapped; empty where nothing
-- is sealed), the link that comes before, the snapshot, the tally (how far the record has come with this step), then
-- the entries, then the outbox rows, then the lines of the processing log.
local entries, record, root_key, incidents, open, due, claimed, leases, lanes, turns = unpack(KEYS, 1, 10)
local tallies, torn, log, metrics = unpack(KEYS, 11)
local step = cjson.decode(ARGV[1])
local form = step.form
local key, root, before, snapshot, tally = unpack(ARGV, 2, 6)
local first_entry, first_row = 7, 7 + step.entries

-- A wrapped key begins with its number, which it keeps, and the id of the master key.
local function number_of(wrapped) return string.sub(wrapped, 1, 8) end
local function master_of(wrapped) return string.sub(wrapped, 9, 16) end

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

local function was_saved()
  -- A form is sent again where its answer was not heard, and may overtake a newer one: what it held is written once.
  return form.said ~= '' and redis.pcall('SISMEMBER', form.saved, form.said) == 1
end

local function forget_draft()
  if form.draft == '' then return end
  redis.call('DEL', form.draft)
  redis.pcall('SADD', form.saved, form.said)
  redis.call('EXPIRE', form.saved, form.seconds)
end

local function link_of(entry, length)
  local mark = string.byte(entry)
  local from = mark and mark <= 3 and 2 or 1 -- behind the mark, where it is sealed
  return string.sub(entry, from, from + length - 1)
end

local function follows()
  -- A record from before may have been sealed, and chained anew, since it was read.
  return before == '' or link_of(redis.call('LINDEX', entries, -1), #before) == before
end

local COUNT, LINK = 4, 16 -- bytes with which a tally begins

local function is_cut(was, last, is_counted)
  -- Entries were taken from the end, or the tally was, since the last one was written.
  if not was then return is_counted end
  if #was < COUNT + LINK or struct.unpack('>I4', was) > step.expected then return true end
  return is_counted and string.sub(was, 1, COUNT + LINK) ~= struct.pack('>I4', step.expected) .. link_of(last, LINK)
end

local function count_on()
  -- Nobody is held up by it: what was found is kept for whoever looks (bot/store/tamper_judge.py), the first time.
  local was, last = redis.pcall('HGET', tallies, step.name), redis.call('LINDEX', entries, -1)
  if type(was) == 'table' then return end -- no hash any more
  if is_cut(was, last, last and string.byte(last) == 3) then
    redis.pcall('HSETNX', torn, step.name, struct.pack('>I4', step.expected) .. (was or ''))
  end
  redis.call('HSET', tallies, step.name, tally)
end

local function key_stands()
  -- Whoever seals goes on under the key that is there: a forgotten one is never put back.
  if key == '' then return 'yes' end
  local held = redis.call('HGET', record, 'key')
  if held then return number_of(held) == number_of(key) and 'yes' or 'conflict' end
  local stored = redis.call('GET', root_key)
  return (not stored or master_of(stored) == master_of(key)) and 'new' or 'rewrap'
end

if redis.call('LLEN', entries) ~= step.expected then
  return already_applied() and {'done'} or {'conflict'}
end
local function taken_by()
  -- A case keeps the number that it has, and what names no case holds none: the index may be damaged.
  if step.incident == '' or redis.call('HGET', record, 'incident') == step.incident then return false end
  local holder = redis.call('HGET', incidents, step.incident)
  if not holder or holder == step.ref then return false end
  local its_record = string.sub(record, 1, #record - #step.ref) .. holder
  return redis.call('EXISTS', its_record) == 1 and holder
end
local holder = taken_by()
if holder then return {'taken', holder} end
if was_saved() then return {'saved'} end
if not follows() then return {'conflict'} end
local stands = key_stands()
if stands == 'conflict' or stands == 'rewrap' then return {stands} end

if stands == 'new' then
  redis.call('SET', root_key, root, 'NX')
  redis.call('HSET', record, 'key', key)
end

local count = redis.call('GET', turns)
if count and not string.match(count, '^%d+$') then
  -- A count that is no number any more goes on above whatever it was: nobody writes a row each second for ever.
  redis.call('SET', turns, redis.call('TIME')[1])
end

count_on()
for i = first_entry, first_row - 1 do redis.call('RPUSH', entries, ARGV[i]) end
if step.entries > 0 then file() end

redis.call('ZREM', claimed, step.ref)
redis.call('ZREM', leases, step.ref)
if step.wake == '' then
  redis.call('ZREM', due, step.ref)
else
  redis.call('ZADD', due, step.wake, step.ref)
end

local function given_way(row)
  -- The turn of the edit that this one replaces. One that may have been posted is looked for: it stays.
  if row.redraws == '' then return math.huge end
  local older = redis.pcall('HGET', row.key .. ':redrawn', row.redraws)
  redis.pcall('HSET', row.key .. ':redrawn', row.redraws, row.id)
  if type(older) ~= 'string' or older == row.id or redis.call('HEXISTS', row.key .. ':marks', older) == 1 then return math.huge end
  local turn = redis.call('ZSCORE', row.key .. ':order', older)
  redis.call('ZREM', row.key .. ':order', older)
  redis.call('HDEL', row.key .. ':rows', older)
  return tonumber(turn or math.huge)
end

for i, row in ipairs(step.rows) do
  local turn = math.min(row.rank * 2^40 + redis.call('INCR', turns), given_way(row))
  redis.call('HSET', row.key .. ':rows', row.id, ARGV[first_row + i - 1])
  redis.call('ZADD', row.key .. ':order', 'NX', string.format('%.0f', turn), row.id)
  redis.call('SADD', lanes, row.lane)
end

-- A log that takes nothing (somebody damaged it) costs no step: how many lines are missing is counted, and told.
for i = 1, step.log_lines do
  local written = redis.pcall('RPUSH', log, ARGV[first_row + #step.rows + i - 1])
  if type(written) == 'table' and written.err then redis.pcall('HINCRBY', metrics, 'not_logged', 1) end
end
forget_draft()
if #step.rows > 0 or redis.call('ZRANGE', due, 0, 0)[1] == step.ref then redis.pcall('PUBLISH', step.bell, '') end
return {'done'}
