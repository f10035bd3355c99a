-- Takes what is due, most overdue first. What is claimed leaves the queue, so that looking past it costs nothing.
local due, claimed, leases = unpack(KEYS)
local now, machine_now, lease_end, limit, too_far = unpack(ARGV)

local function take_back(from, to)
  for _, ref in ipairs(redis.call('ZRANGEBYSCORE', leases, from, to)) do
    redis.call('ZADD', due, redis.call('ZSCORE', claimed, ref), ref)
    redis.call('ZREM', claimed, ref)
    redis.call('ZREM', leases, ref)
  end
end

take_back('-inf', machine_now)
take_back('(' .. too_far, '+inf') -- begun before the machine's clock was set back

local found = redis.call('ZRANGEBYSCORE', due, '-inf', now, 'LIMIT', 0, limit)
for _, ref in ipairs(found) do
  redis.call('ZADD', claimed, redis.call('ZSCORE', due, ref), ref)
  redis.call('ZADD', leases, lease_end, ref)
  redis.call('ZREM', due, ref)
end
return found
