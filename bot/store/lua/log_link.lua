-- Moves the end of the processing log's chain on, unless somebody else has. Whether it did.
-- ARGV: the end as it was read, as it is to be, then the links that are kept.
local stands, marks = unpack(KEYS)
if (redis.call('GET', stands) or '') ~= ARGV[1] then return 0 end
for i = 3, #ARGV do redis.call('RPUSH', marks, ARGV[i]) end
redis.call('SET', stands, ARGV[2])
return 1
