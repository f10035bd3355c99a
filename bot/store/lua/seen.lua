-- Lets one ask through for each id, and that one again should its reply have been lost.
local requests, asks = unpack(KEYS)
local id, now, ask, keep = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local let_through = redis.call('HGET', asks, id)
if let_through then return let_through == ask and 0 or 1 end

redis.call('HSET', asks, id, ask)
redis.call('ZADD', requests, now, id)
for _, old in ipairs(redis.call('ZRANGE', requests, 0, redis.call('ZCARD', requests) - keep - 1)) do
  redis.call('HDEL', asks, old)
  redis.call('ZREM', requests, old)
end
return 0
