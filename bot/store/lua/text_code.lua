-- The same pages have the same code; another takes over the one that was given longest ago.
local codes, person, pages = KEYS[1], ARGV[1], ARGV[2]
local first, stride, all = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local asked = person .. '|' .. pages
local known = redis.call('HGET', codes, asked)
if known and tonumber(known) then return tonumber(known) end

local count = redis.call('HGET', codes, person)
if count and not string.match(count, '^%d+$') then redis.call('HDEL', codes, person) end
local number = redis.call('HINCRBY', codes, person, 1)
local code = first + (number * stride) % all
local stands = person .. '#' .. code
local before = redis.call('HGET', codes, stands)
if before then redis.call('HDEL', codes, person .. '|' .. before) end
redis.call('HSET', codes, stands, pages, asked, code)
return code
