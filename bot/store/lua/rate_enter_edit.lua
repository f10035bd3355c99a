-- So many in a minute; one that is too many learns when the oldest that stands in its way is a minute old.
local now, minute, most = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - minute)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '(' .. now + minute, '+inf')
local made = redis.call('ZCARD', KEYS[1])
if made < most then
  redis.call('ZADD', KEYS[1], ARGV[1], ARGV[4])
  return ARGV[1]
end
local oldest = redis.call('ZRANGE', KEYS[1], made - most, made - most, 'WITHSCORES')
return string.format('%.6f', oldest[2] + minute)
