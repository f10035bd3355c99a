-- Takes a row that cannot be read out of its lane, and keeps it. Nothing, where it is another by now.
-- ARGV: the lane's name, the row's id, its bytes as they were read, the name under which it is kept, its description.
local order, rows, marks, lanes, damaged = unpack(KEYS)
local lane, id, read, name = unpack(ARGV)
local turn = redis.call('ZSCORE', order, id)
if not turn or (redis.call('HGET', rows, id) or '') ~= read then return 0 end

local said = cjson.decode(ARGV[5])
said.turn = string.format('%.0f', turn)
said.mark = redis.call('HGET', marks, id) or ''
redis.call('HSET', damaged, name, cjson.encode(said) .. '\n' .. read)
redis.call('ZREM', order, id)
redis.call('HDEL', rows, id)
redis.call('HDEL', marks, id)
if redis.call('ZCARD', order) == 0 then redis.call('SREM', lanes, lane) end
return 1
