-- Stores the room as of one position, and only then lets fall off what is older.
-- KEYS meta log snapshot
-- ARGV 1 epoch   2 seq   3 the room   4 the first event to keep
local known = redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'snapshot')
if known[1] ~= ARGV[1] or tonumber(known[2]) < tonumber(ARGV[2]) or tonumber(known[3] or 0) >= tonumber(ARGV[2]) then
  return {0}
end
redis.call('SET', KEYS[3], ARGV[3], 'PX', math.max(1, redis.call('PTTL', KEYS[1])))
redis.call('HSET', KEYS[1], 'snapshot', ARGV[2])
return {1, redis.call('XTRIM', KEYS[2], 'MINID', ARGV[4] .. '-0')}
