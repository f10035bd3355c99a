-- Lets one ask through for each id, and that one again should its reply have been lost.
local requests, asks = unpack(KEYS)
local id, now, ask, keep = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local let_through = redis.call('HGET', asks, id)
if let_through then return let_through == ask and 0 or 1 end

-- After a clock was set back the newest is still the last to be let go.
local newest = redis.call('ZREVRANGE', requests, 0, 0, 'WITHSCORES')[2] or 0
redis.call('HSET', asks, id, ask)
redis.call('ZADD', requests, math.max(now, newest + 1), id)
if redis.call('ZCARD', requests) > keep then
  redis.call('HDEL', asks, redis.call('ZPOPMIN', requests)[1])
end
return 0
