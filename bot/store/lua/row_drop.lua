-- Takes rows out of their lane, whoever holds it. ARGV: the lane's name, then the ids.
local order, rows, marks, lanes = unpack(KEYS)
for i = 2, #ARGV do
  redis.call('ZREM', order, ARGV[i])
  redis.call('HDEL', rows, ARGV[i])
  redis.call('HDEL', marks, ARGV[i])
end
if redis.call('ZCARD', order) == 0 then redis.call('SREM', lanes, ARGV[1]) end
return 1
