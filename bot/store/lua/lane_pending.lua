-- The first so many of what is to be posted, and of what is only to be edited: id, row, and the wrapped key of its record.
-- ARGV: how many, the first rank of edits, what the name of a record begins with.
local order, rows = unpack(KEYS)
local edits = string.format('%.0f', ARGV[2] * 2^40)
local found = {}
for _, between in ipairs({{'-inf', '(' .. edits}, {edits, '+inf'}}) do
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', order, between[1], between[2], 'LIMIT', 0, ARGV[1])) do
    local row = redis.call('HGET', rows, id) or ''
    local whose = string.match(row, '^\1(%S+) ')
    found[#found + 1] = {id, row, whose and redis.call('HGET', ARGV[3] .. whose, 'key') or '-'}
  end
end
return found
