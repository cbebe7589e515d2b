-- A bucket that fills up again little by little, and may be emptied below nothing.
-- KEYS[1] the bucket; ARGV: take|all|back|look, how many, capacity, refill, per how many milliseconds
-- Returns how many milliseconds until there are as many (0: there were or are), and how many are left.
local how, many = ARGV[1], tonumber(ARGV[2])
local capacity, refill, per = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local level, at = capacity, now
local known = redis.call('HMGET', KEYS[1], 'level', 'at')
if known[1] then
  level, at = tonumber(known[1]), tonumber(known[2])
  level = math.min(capacity, level + math.max(0, now - at) * refill / per)
end

local wait = 0
if level < many and (how == 'take' or how == 'look') then
  wait = math.floor((many - level) * per / refill) + 1
elseif how == 'take' then
  level = level - many
elseif how == 'all' then
  level = level - many
elseif how == 'back' then
  level = math.min(capacity, level + many)
end

if how ~= 'look' and wait == 0 then
  if level >= capacity then
    redis.call('DEL', KEYS[1]) -- a new one is full, too
  else
    redis.call('HSET', KEYS[1], 'level', string.format('%.17g', level), 'at', string.format('%.0f', now))
    redis.call('PEXPIRE', KEYS[1], math.ceil((capacity - level) * per / refill) + 1000)
  end
end
return {wait, math.floor(level)}
