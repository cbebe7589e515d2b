-- What was said about rooms since a change, or all of it if that is too long ago or of another life.
-- KEYS[1] the rules (hash, by room), [2] when each was changed (sorted set), [3] life, number of changes
-- ARGV: life that the reader knows, number of the last change that it knows, a life if there is none yet
-- Returns life, number of changes, all|some, then room and rule ('' for none) in turn.
local life = redis.call('HGET', KEYS[3], 'life')
if not life then
  life = ARGV[3]
  redis.call('HSET', KEYS[3], 'life', life)
end
local head = tonumber(redis.call('HGET', KEYS[3], 'changes') or '0')
local forgotten = tonumber(redis.call('HGET', KEYS[3], 'forgotten') or '0')
local known = tonumber(ARGV[2])

if life ~= ARGV[1] or known > head or known < forgotten then
  local all = {life, tostring(head), 'all'}
  for _, part in ipairs(redis.call('HGETALL', KEYS[1])) do
    all[#all + 1] = part
  end
  return all
end
local some = {life, tostring(head), 'some'}
if known < head then
  for _, room in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. ARGV[2], '+inf')) do
    some[#some + 1] = room
    some[#some + 1] = redis.call('HGET', KEYS[1], room) or ''
  end
end
return some
