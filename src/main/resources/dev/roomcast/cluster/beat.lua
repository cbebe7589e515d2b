-- A sign of life of one node, and who else lives.
-- KEYS[1] the nodes (sorted set, by when their leases end); ARGV: node, milliseconds of a lease, whether it is new (1)
-- Returns whether the node was still taken for alive (1), then how many are dead, these, and those that live.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local lease = redis.call('ZSCORE', KEYS[1], ARGV[1])
local alive = (lease and tonumber(lease) > now) or ARGV[3] == '1'
if alive then
  redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[1])
end
local dead = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, 16)
local result = {alive and 1 or 0, #dead}
for _, node in ipairs(dead) do
  result[#result + 1] = node
end
for _, node in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, '+inf')) do
  result[#result + 1] = node
end
return result
