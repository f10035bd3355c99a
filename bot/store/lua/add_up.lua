-- Adds to counters of a hash: name, by, name, by … One that is no whole number any more begins anew.
local key = KEYS[1]
for at = 1, #ARGV, 2 do
  local name, by = ARGV[at], ARGV[at + 1]
  local held = redis.call('HGET', key, name)
  if held and not string.match(held, '^%-?%d+$') then redis.call('HDEL', key, name) end
  redis.call('HINCRBY', key, name, by)
end
