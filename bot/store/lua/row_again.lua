-- A row in place of one that could not be read: at its turn, with its doubt. Nothing, where that one was dealt with.
-- ARGV: the lane's name, the id, the row, the name under which the damaged one is kept.
local order, rows, marks, lanes, damaged = unpack(KEYS)
local lane, id, row, name = unpack(ARGV)
local held = redis.call('HGET', damaged, name)
if not held then return 0 end

local line, stored = string.match(held, '^([^\n]*)\n(.*)$')
local said = cjson.decode(line)
if said.mended then return 0 end

said.mended = true
redis.call('HSET', damaged, name, cjson.encode(said) .. '\n' .. stored)
redis.call('HSET', rows, id, row)
redis.call('ZADD', order, said.turn, id)
if said.mark ~= '' then redis.call('HSET', marks, id, said.mark) end
redis.call('SADD', lanes, lane)
return 1
