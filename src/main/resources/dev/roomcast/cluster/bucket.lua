-- A bucket that fills up again little by little, and may be emptied below nothing.
-- KEYS[1] the bucket; ARGV: take|all|back|look|settle, how many, capacity, refill, per how many milliseconds,
-- for what they are held (or ''), and with "settle", how many that cost
-- Returns how many milliseconds until there are as many (0: there were or are), and how many are left.
local how, many = ARGV[1], tonumber(ARGV[2])
local capacity, refill, per = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local held, used = 'held:' .. ARGV[6], tonumber(ARGV[7])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local level, at = capacity, now
local known = redis.call('HMGET', KEYS[1], 'level', 'at')
if known[1] then
  level, at = tonumber(known[1]), tonumber(known[2])
  level = math.min(capacity, level + math.max(0, now - at) * refill / per)
end

-- What is held by nodes that are gone, and was never settled, must not become more and more.
local MOST = 1000

local function hold(more)
  if redis.call('HINCRBY', KEYS[1], held, more) <= 0 then
    redis.call('HDEL', KEYS[1], held)
  elseif redis.call('HLEN', KEYS[1]) > MOST then
    for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
      if field:sub(1, 5) == 'held:' and field ~= held then
        redis.call('HDEL', KEYS[1], field)
      end
    end
  end
end

local wait = 0
if level < many and (how == 'take' or how == 'look') then
  wait = math.floor((many - level) * per / refill) + 1
elseif how == 'take' or how == 'all' then
  level = level - many
  if ARGV[6] ~= '' then
    hold(many)
  end
elseif how == 'back' then
  level = math.min(capacity, level + many)
elseif how == 'settle' then
  local all = tonumber(redis.call('HGET', KEYS[1], held) or 0)
  many = math.min(many, all)
  if many > 0 then
    level = math.min(capacity, level + many - used)
    hold(-many)
  end
end

if how ~= 'look' and wait == 0 then
  redis.call('HSET', KEYS[1], 'level', string.format('%.17g', level), 'at', string.format('%.0f', now))
  if redis.call('HLEN', KEYS[1]) > 2 then -- what is held may turn out to cost more than it was
    redis.call('PEXPIRE', KEYS[1], math.ceil(math.max(per, (capacity - level) * per / refill)) + 1000)
  elseif level >= capacity then
    redis.call('DEL', KEYS[1]) -- a new one is full, too
  else
    redis.call('PEXPIRE', KEYS[1], math.ceil((capacity - level) * per / refill) + 1000)
  end
end
return {wait, math.floor(level)}
