-- A sign of life.
return redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
