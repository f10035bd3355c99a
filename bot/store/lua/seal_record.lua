-- The entries of a record from before there were keys, sealed and chained anew, with a key of their own; nothing where
-- somebody wrote to it meanwhile. ARGV: the key and the root of all keys (both wrapped), the last entry and the snapshot
-- as they were read, the new snapshot, the name of the record, its tally as it was read and the new one, then the entries.
local entries, record, root_key, tallies = unpack(KEYS)
local key, root, last, was, snapshot, name, counted, tally = unpack(ARGV, 1, 8)
if (redis.call('HGET', tallies, name) or '') ~= counted then return 'changed' end
if redis.call('LLEN', entries) ~= #ARGV - 8 or redis.call('LINDEX', entries, -1) ~= last then return 'changed' end
if (redis.call('HGET', record, 'snapshot') or '') ~= was then return 'changed' end

local held = redis.call('HGET', record, 'key')
if held and string.sub(held, 1, 8) ~= string.sub(key, 1, 8) then return 'changed' end
local stored = redis.call('GET', root_key)
if not held and stored and string.sub(stored, 9, 16) ~= string.sub(key, 9, 16) then return 'changed' end

redis.call('SET', root_key, root, 'NX')
for i = 9, #ARGV do redis.call('LSET', entries, i - 9, ARGV[i]) end
redis.call('HSET', tallies, name, tally)
redis.call('HSET', record, 'snapshot', snapshot)
if not held then redis.call('HSET', record, 'key', key) end
return 'sealed'
