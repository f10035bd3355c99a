local lane, marks = unpack(KEYS)
if redis.call('HGET', lane, 'held') ~= ARGV[1] then return 0 end
for i = 2, #ARGV do redis.call('HDEL', marks, ARGV[i]) end
return 1
