-- The newest words of a form; none of one that is saved.
local view, heard, stored, seconds = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4]
local held = redis.call('GET', KEYS[1])
if held then
  local is_read, head = pcall(cjson.decode, string.match(held, '^[^\n]*'))
  if not is_read or type(head) ~= 'table' then head = {} end -- damaged: what is typed now takes its place
  if (tonumber(head.heard) or 0) > heard or (head.saved and head.view == view) then return 0 end
end

redis.call('SET', KEYS[1], stored, 'EX', seconds)
return 1
