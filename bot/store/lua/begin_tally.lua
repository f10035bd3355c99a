-- The tally of a record that was never counted; nothing, where it has one or somebody wrote to it meanwhile.
-- ARGV: the name of the record, how many entries it has, the last of them, the tally.
local tallies, entries = unpack(KEYS)
local name, count, last, tally = unpack(ARGV)
if redis.call('LLEN', entries) ~= tonumber(count) or redis.call('LINDEX', entries, -1) ~= last then return 0 end
return redis.call('HSETNX', tallies, name, tally)
