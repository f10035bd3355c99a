-- Sooner, never later; not what somebody has claimed, since that is being looked at.
local due, claimed = unpack(KEYS)
if redis.call('ZSCORE', claimed, ARGV[2]) then return end
local known = redis.call('ZSCORE', due, ARGV[2])
if known and tonumber(known) <= tonumber(ARGV[1]) then return end
redis.call('ZADD', due, ARGV[1], ARGV[2])
redis.pcall('PUBLISH', ARGV[3], '')
