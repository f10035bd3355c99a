-- One post passes and closes the gate behind it, or learns when it opens.
local opens = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0') or 0
if opens > tonumber(ARGV[2]) and opens <= tonumber(ARGV[4]) then return tostring(opens) end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return ARGV[2]
