-- A snapshot made anew from the entries; nothing where somebody wrote to them meanwhile.
-- ARGV: how many entries there were, the last of them, the snapshot.
local entries, record = unpack(KEYS)
if redis.call('LLEN', entries) ~= tonumber(ARGV[1]) or redis.call('LINDEX', entries, -1) ~= ARGV[2] then return 0 end
redis.call('HSET', record, 'snapshot', ARGV[3])
return 1
