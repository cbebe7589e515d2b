-- Who is in a room: takes what one node has to tell, and returns what all of them know.
-- KEYS[1] users and on how many nodes they are (hash: "<nodes> <name>"), [2] users on this node (set),
--   [3] who types until when (sorted set), [4] version
-- ARGV: node, room, channel, how many are listed, version that the node has told its readers, then op, user, name in turn:
--   + came, - went, t types, s types no more, x all who are on this node went
-- Returns version, how many there are, how many type, these, then user and "<nodes> <name>" in turn unless there are too many.
local here, mine, typing = KEYS[1], KEYS[2], KEYS[3]
local node, room, channel, listed, told = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local changed = false

local function went(user)
  local known = redis.call('HGET', here, user)
  if not known then
    return
  end
  local nodes, name = string.match(known, '^(%d+) (.*)$')
  if tonumber(nodes) > 1 then
    redis.call('HSET', here, user, (tonumber(nodes) - 1) .. ' ' .. name)
  else
    redis.call('HDEL', here, user)
    redis.call('ZREM', typing, user)
    changed = true
  end
end

for i = 6, #ARGV, 3 do
  local op, user = ARGV[i], ARGV[i + 1]
  if op == '+' then
    if redis.call('SADD', mine, user) == 1 then
      local known = redis.call('HGET', here, user)
      local nodes = known and tonumber(string.match(known, '^(%d+) ')) or 0
      redis.call('HSET', here, user, (nodes + 1) .. ' ' .. ARGV[i + 2])
      changed = changed or nodes == 0
    end
  elseif op == '-' then
    if redis.call('SREM', mine, user) == 1 then
      went(user)
    end
  elseif op == 't' then
    if redis.call('HEXISTS', here, user) == 1 then
      changed = redis.call('ZADD', typing, now + 6000, user) == 1 or changed
    end
  elseif op == 's' then
    changed = redis.call('ZREM', typing, user) == 1 or changed
  elseif op == 'x' then
    for _, other in ipairs(redis.call('SMEMBERS', mine)) do
      went(other)
    end
    redis.call('DEL', mine)
  end
end
changed = redis.call('ZREMRANGEBYSCORE', typing, '-inf', now) > 0 or changed

-- A version never comes twice, also if it was lost in between: a new one begins with the time.
local known = tonumber(redis.call('GET', KEYS[4]) or '0')
local version = known
if known == 0 then
  version = now * 256
elseif changed then
  version = known + 1
end
if version <= told and (changed or version < told) then
  version = told + 1
  changed = true
end
if version ~= known then
  redis.call('SET', KEYS[4], string.format('%.0f', version), 'EX', 172800)
end
if changed then
  redis.call('PUBLISH', channel, node .. ' ' .. room)
end

local count = redis.call('HLEN', here)
local result = {string.format('%.0f', version), count, 0}
if count > 0 and count <= listed then
  local who = redis.call('ZRANGE', typing, 0, -1)
  result[3] = #who
  for _, user in ipairs(who) do
    result[#result + 1] = user
  end
  for _, part in ipairs(redis.call('HGETALL', here)) do
    result[#result + 1] = part
  end
end
return result
