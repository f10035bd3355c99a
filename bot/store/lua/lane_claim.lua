-- A token that only grows: whoever holds an older one is refused from now on.
local lane = KEYS[1]
local machine_now, lease, ask, too_far = tonumber(ARGV[1]), ARGV[2], ARGV[3], tonumber(ARGV[4])
local held, lease_end, holder = unpack(redis.call('HMGET', lane, 'held', 'lease_end', 'ask'))

if held and holder == ask and tonumber(held) then return tonumber(held) end -- this very call ran before; its reply was lost
local ahead = held and tonumber(lease_end)
if ahead and ahead > machine_now and ahead <= too_far then return false end -- farther: the machine's clock was set back

-- A count that is no number any more goes on above whatever it was.
local count = redis.call('HGET', lane, 'token')
if count and not string.match(count, '^%d+$') then redis.call('HSET', lane, 'token', string.format('%.0f', machine_now)) end
local token = redis.call('HINCRBY', lane, 'token', 1)
local ends = string.format('%.6f', machine_now + lease)
redis.call('HSET', lane, 'held', token, 'lease', lease, 'lease_end', ends, 'ask', ask)
return token
