-- The newest words of a form; none of one that is saved.
local draft, saved = KEYS[1], KEYS[2]
local heard, stored, seconds = tonumber(ARGV[1]), ARGV[2], ARGV[3]
if redis.call('EXISTS', saved) == 1 then return 0 end

local held = redis.call('GET', draft)
if held then
  local is_read, head = pcall(cjson.decode, string.match(held, '^[^\n]*'))
  if not is_read or type(head) ~= 'table' then head = {} end -- damaged: what is typed now takes its place
  if (tonumber(head.heard) or 0) > heard then return 0 end
end

redis.call('SET', draft, stored, 'EX', seconds)
return 1
