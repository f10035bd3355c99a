local lane, rows, marks = unpack(KEYS)
local token, machine_now = ARGV[1], ARGV[2]
if redis.call('HGET', lane, 'held') ~= token then return 0 end

redis.call('HSET', lane, 'lease_end', string.format('%.6f', machine_now + redis.call('HGET', lane, 'lease')))
for i = 3, #ARGV do
  if redis.call('HEXISTS', rows, ARGV[i]) == 1 then redis.call('HSET', marks, ARGV[i], machine_now) end
end
return 1
