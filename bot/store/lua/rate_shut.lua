-- Of two answers to wait, the later one holds (`later_of`).
local opens = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0') or 0
if opens <= tonumber(ARGV[2]) or opens > tonumber(ARGV[3]) then redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) end
