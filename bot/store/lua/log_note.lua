-- Lines of the processing log, with the lists of recipients that they name. A call that is made again adds nothing: each
-- line is a box that no other is equal to, and where the first lies near the end, all of them do.
-- ARGV: among how many of the last lines it is looked for, how many lines, the lines, then each list's name and the list.
local log, people = unpack(KEYS)
local among, lines = ARGV[1], tonumber(ARGV[2])
if redis.call('LPOS', log, ARGV[3], 'RANK', -1, 'MAXLEN', among) then return end
for i = lines + 3, #ARGV, 2 do redis.call('HSETNX', people, ARGV[i], ARGV[i + 1]) end
for i = 3, lines + 2 do redis.call('RPUSH', log, ARGV[i]) end
