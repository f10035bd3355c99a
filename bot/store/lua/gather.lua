-- All that a new report is decided from: who holds its number, the next reference, and the cases that may be the
-- same child's, each with its snapshot and its key. A held number draws no reference.
local incidents, refs = unpack(KEYS)
local asked = cjson.decode(ARGV[1])

local function holder()
  local held = asked.incident ~= '' and redis.call('HGET', incidents, asked.incident)
  if held and redis.call('EXISTS', asked.record .. held) == 1 then return held end
  if redis.call('EXISTS', asked.record .. asked.name) == 1 then return asked.name end
  return ''
end

local seen, found = {}, {}
local function add(some)
  for _, ref in ipairs(some) do
    if not seen[ref] then
      seen[ref] = true
      found[#found + 1] = ref
      found[#found + 1] = redis.call('HMGET', asked.record .. ref, 'snapshot', 'key')
    end
  end
end

local function alike()
  -- Of all that share a trace no more than so many are read, the newest of each trace in turn: what few share is not
  -- crowded out by what many do.
  local refs, shares, turn = {}, {}, {}
  for _, trace in ipairs(asked.traces) do
    for place, ref in ipairs(redis.call('ZREVRANGE', asked.trace .. trace, 0, asked.at_most - 1)) do
      if not shares[ref] then refs[#refs + 1], shares[ref], turn[ref] = ref, 0, place end
      shares[ref], turn[ref] = shares[ref] + 1, math.min(turn[ref], place)
    end
  end
  table.sort(refs, function(one, two)
    if turn[one] ~= turn[two] then return turn[one] < turn[two] end
    if shares[one] ~= shares[two] then return shares[one] > shares[two] end
    return one > two
  end)
  for place = #refs, asked.at_most + 1, -1 do refs[place] = nil end
  return refs
end

local held = holder()
local number = 0
local count = asked.year ~= '' and redis.call('HGET', refs, asked.year)
if count and not string.match(count, '^%d+$') then redis.call('HDEL', refs, asked.year) end
if held == '' and asked.year ~= '' then
  repeat -- past those that are taken: a count that begins anew gives no case a name that another has
    number = redis.call('HINCRBY', refs, asked.year, 1)
  until redis.call('EXISTS', asked.record .. string.format('MC-%02d-%04d', asked.year % 100, number)) == 0
end
local episodes = asked.person ~= '' and redis.call('ZRANGE', asked.persons .. asked.person, 0, -1) or {}
add(episodes)
add(alike())
return {held, number, episodes, found}
