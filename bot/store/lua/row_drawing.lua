-- Edits that may go unanswered by who dies first. No turn of theirs: nothing that people see has changed.
-- ARGV: token, the lane's name; then of each row its id, its rank, and the row.
local lane, order, rows, lanes, turns = unpack(KEYS)
if redis.call('HGET', lane, 'held') ~= ARGV[1] then return 0 end
for i = 3, #ARGV, 3 do
  local id, rank, row = ARGV[i], tonumber(ARGV[i + 1]), ARGV[i + 2]
  if redis.call('HSETNX', rows, id, row) == 1 then
    redis.call('ZADD', order, rank * 2^40 + (redis.call('GET', turns) or 0), id)
    redis.call('SADD', lanes, ARGV[2])
  end
end
return 1
