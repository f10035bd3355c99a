-- A document, unless one lies there whose stamp is as new: that is answered, and whoever puts looks at it. KEYS: the hash
-- of all documents. ARGV: its name, the stamp, what is stored, and what may lie there whatever its stamp is.
local name, stamp, anew, known = unpack(ARGV)
local stored = redis.call('HGET', KEYS[1], name)
local stands = stored and string.byte(stored) == 3 and tonumber(string.sub(stored, 2, 17))
if stands and stands >= tonumber(stamp) and stored ~= known then return stored end
redis.call('HSET', KEYS[1], name, anew)
return ''
