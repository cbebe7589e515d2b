-- Changes what was said about a room, if it is still what the writer knows, and rings.
-- KEYS as in rules-read.lua
-- ARGV: room, rule that the writer knows, new rule ('' for none), a life if there is none yet, channel, how many changes to remember
-- Returns done|other, the rule as it is now, life, number of changes.
local room = ARGV[1]
local there = redis.call('HGET', KEYS[1], room) or ''
local life = redis.call('HGET', KEYS[3], 'life')
if not life then
  life = ARGV[4]
  redis.call('HSET', KEYS[3], 'life', life)
end
if there ~= ARGV[2] then
  return {'other', there, life, redis.call('HGET', KEYS[3], 'changes') or '0'}
end
if there == ARGV[3] then
  return {'done', there, life, redis.call('HGET', KEYS[3], 'changes') or '0'}
end
if ARGV[3] == '' then
  redis.call('HDEL', KEYS[1], room)
else
  redis.call('HSET', KEYS[1], room, ARGV[3])
end
local change = redis.call('HINCRBY', KEYS[3], 'changes', 1)
redis.call('ZADD', KEYS[2], change, room)
local over = redis.call('ZCARD', KEYS[2]) - tonumber(ARGV[6])
if over > 0 then
  local last = redis.call('ZRANGE', KEYS[2], over - 1, over - 1, 'WITHSCORES')
  redis.call('HSET', KEYS[3], 'forgotten', last[2])
  redis.call('ZREMRANGEBYRANK', KEYS[2], 0, over - 1)
end
redis.call('PUBLISH', ARGV[5], room)
return {'done', ARGV[3], life, tostring(change)}
