-- Whether a reply is ours to deal with: a lease, in machine seconds, until it is done.
local held = redis.call('GET', KEYS[1])
local now, lease, kept = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
if held == 'done' then return 'done' end
local ends = held and tonumber(held)
if ends and now < ends and ends <= now + 60 then return 'theirs' end
redis.call('SET', KEYS[1], tostring(now + lease), 'EX', kept)
return held and 'again' or 'first'
