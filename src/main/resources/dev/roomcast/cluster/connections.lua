-- How many connections a user has on each node.
-- KEYS[1] the counts (hash, by node); ARGV: this node, how many it has, then the nodes that live
-- Returns how many there are on all nodes that live.
if ARGV[2] == '0' then
  redis.call('HDEL', KEYS[1], ARGV[1])
else
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
  redis.call('PEXPIRE', KEYS[1], 604800000) -- a week: longer than any token lives
end
local lives = {[ARGV[1]] = true}
for i = 3, #ARGV do
  lives[ARGV[i]] = true
end
local all = 0
local counts = redis.call('HGETALL', KEYS[1])
for i = 1, #counts, 2 do
  if lives[counts[i]] then
    all = all + tonumber(counts[i + 1])
  elseif #counts > 128 then
    redis.call('HDEL', KEYS[1], counts[i]) -- dead, or so young that it will tell again
  end
end
return {all}
