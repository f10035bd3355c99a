-- A token that only grows: whoever holds an older one is refused from now on.
local lane = KEYS[1]
local machine_now, lease, ask = ARGV[1], ARGV[2], ARGV[3]
local held, lease_end, holder = unpack(redis.call('HMGET', lane, 'held', 'lease_end', 'ask'))

if held and holder == ask then return tonumber(held) end -- this very call ran before; its reply was lost
if held and tonumber(lease_end) > tonumber(machine_now) then return false end

local token = redis.call('HINCRBY', lane, 'token', 1)
local ends = string.format('%.6f', machine_now + lease)
redis.call('HSET', lane, 'held', token, 'lease', lease, 'lease_end', ends, 'ask', ask)
return token
