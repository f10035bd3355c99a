-- Edits that are to be made once more, or may go unanswered by who dies first: those that do not wait wait again, last of
-- their rank.
-- ARGV: the lane's name, the token of its holder ('': whoever it is); then of each row its id, its rank, and the row.
local lane, order, rows, lanes, turns = unpack(KEYS)
local token = ARGV[2]
if token ~= '' and redis.call('HGET', lane, 'held') ~= token then return 0 end
for i = 3, #ARGV, 3 do
  local id, rank, row = ARGV[i], tonumber(ARGV[i + 1]), ARGV[i + 2]
  if redis.call('HSETNX', rows, id, row) == 1 then
    -- What its holder is about to draw has no turn of its own: nothing that people see has changed.
    local turn = token == '' and redis.call('INCR', turns) or redis.call('GET', turns) or 0
    redis.call('ZADD', order, rank * 2^40 + turn, id)
    redis.call('SADD', lanes, ARGV[1])
  end
end
return 1
