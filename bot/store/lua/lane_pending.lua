local order, rows = unpack(KEYS)
local found = {}
for _, id in ipairs(redis.call('ZRANGE', order, 0, ARGV[1] - 1)) do
  found[#found + 1] = redis.call('HGET', rows, id)
end
return found
