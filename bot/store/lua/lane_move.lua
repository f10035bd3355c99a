-- Takes rows over into another lane, where they keep their turn and the mark of who may have sent them.
-- ARGV: token, the lane's name, the other's, then the ids.
local lane, order, rows, marks, to_order, to_rows, to_marks, lanes = unpack(KEYS)
if redis.call('HGET', lane, 'held') ~= ARGV[1] then return 0 end

local function carry(from, to, id)
  local found = redis.call('HGET', from, id)
  if not found then return end
  redis.call('HSET', to, id, found)
  redis.call('HDEL', from, id)
end

for i = 4, #ARGV do
  local turn = redis.call('ZSCORE', order, ARGV[i])
  if turn then
    redis.call('ZADD', to_order, turn, ARGV[i])
    redis.call('ZREM', order, ARGV[i])
    carry(rows, to_rows, ARGV[i])
    carry(marks, to_marks, ARGV[i])
    redis.call('SADD', lanes, ARGV[3])
  end
end
if redis.call('ZCARD', order) == 0 then redis.call('SREM', lanes, ARGV[2]) end
return 1
