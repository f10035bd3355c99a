-- The first so many of what is to be posted, and of what is only to be edited. ARGV: how many, the first rank of edits.
local order, rows = unpack(KEYS)
local edits = string.format('%.0f', ARGV[2] * 2^40)
local found = {}
for _, between in ipairs({{'-inf', '(' .. edits}, {edits, '+inf'}}) do
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', order, between[1], between[2], 'LIMIT', 0, ARGV[1])) do
    found[#found + 1] = redis.call('HGET', rows, id)
  end
end
return found
