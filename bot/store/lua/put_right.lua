-- The sets of open and of due cases, as follows from a tally; nothing where a step was taken since it was read.
-- ARGV: the name of the record, the tally, the reference, 1 where it is open, when it is to be looked at or ''.
local tallies, open, due, claimed, leases = unpack(KEYS)
local name, tally, ref, is_open, wake = unpack(ARGV)
if redis.call('HGET', tallies, name) ~= tally then return 0 end

redis.call(is_open == '1' and 'SADD' or 'SREM', open, ref)
if wake == '' then return 1 end
if redis.call('ZSCORE', claimed, ref) then
  if redis.call('ZSCORE', leases, ref) then return 1 end -- it is being looked at
  redis.call('ZREM', claimed, ref)
end
local at = redis.call('ZSCORE', due, ref)
if not at or tonumber(at) > tonumber(wake) then redis.call('ZADD', due, wake, ref) end
return 1
