-- Rows in place of those of the same id that still wait.
-- ARGV: token; then of each row its id, and the row.
local lane, rows = unpack(KEYS)
if redis.call('HGET', lane, 'held') ~= ARGV[1] then return 0 end
for i = 2, #ARGV, 2 do
  if redis.call('HEXISTS', rows, ARGV[i]) == 1 then redis.call('HSET', rows, ARGV[i], ARGV[i + 1]) end
end
return 1
