-- What is to lie in a place, instead of what was read there, and of nothing else. ARGV: its field, or none; what was read;
-- what is to lie there.
local field, before, anew = unpack(ARGV)
if field == '' then
  if redis.call('GET', KEYS[1]) ~= before then return 0 end
  redis.call('SET', KEYS[1], anew, 'KEEPTTL')
  return 1
end
if redis.call('HGET', KEYS[1], field) ~= before then return 0 end
redis.call('HSET', KEYS[1], field, anew)
return 1
