-- ARGV: token, the lane's name, how many ids, the ids, then the cards as key, place, key, place.
local lane, order, rows, marks, lanes, cards = unpack(KEYS)
local first_card = 4 + tonumber(ARGV[3])
if redis.call('HGET', lane, 'held') ~= ARGV[1] then return 0 end

for i = 4, first_card - 1 do
  redis.call('ZREM', order, ARGV[i])
  redis.call('HDEL', rows, ARGV[i])
  redis.call('HDEL', marks, ARGV[i])
end
for i = first_card, #ARGV, 2 do redis.call('HSET', cards, ARGV[i], ARGV[i + 1]) end
if redis.call('ZCARD', order) == 0 then
  redis.call('SREM', lanes, ARGV[2])
  redis.call('DEL', lane .. ':redrawn')
end
return 1
