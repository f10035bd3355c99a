-- Adds to a counter of a hash; one that is no whole number any more begins anew.
local key, name, by = KEYS[1], ARGV[1], ARGV[2]
local held = redis.call('HGET', key, name)
if held and not string.match(held, '^%-?%d+$') then redis.call('HDEL', key, name) end
return redis.call('HINCRBY', key, name, by)
