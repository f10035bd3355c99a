-- Edits that are to be made once more: those that do not wait any more wait again, last of their rank.
-- ARGV: the lane's name; then of each row its id, its rank, and the row.
local order, rows, lanes, turns = unpack(KEYS)
for i = 2, #ARGV, 3 do
  local id, rank, row = ARGV[i], tonumber(ARGV[i + 1]), ARGV[i + 2]
  if redis.call('HSETNX', rows, id, row) == 1 then
    redis.call('ZADD', order, rank * 2^40 + redis.call('INCR', turns), id)
    redis.call('SADD', lanes, ARGV[1])
  end
end
return 1
