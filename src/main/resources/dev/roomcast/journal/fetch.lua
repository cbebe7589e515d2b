-- What comes after a position, or all that is kept if nothing joins it. A room that is not there begins; one that has lost its end begins
-- a new life, so that nobody takes new events for those that they have. So does one whose end was lost and written anew since.
-- KEYS meta log answers snapshot
-- ARGV 1 epoch, 2 seq: what the caller has   3 epoch of a new life   4 how many events   5 idle ms   6 unused ms   7 '1' if that life cannot be read
--      8 time of the last event that the caller has, or '0'   9 bell   10 room
local function is_another(seq, time)
  if time == '0' then return false end
  local there = redis.call('XRANGE', KEYS[2], seq .. '-0', seq .. '-0')[1]
  return there and there[2][4] ~= time
end

local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local known = redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'version', 'used')
local mine = known[1] == ARGV[1]
if not known[1] or (mine and ARGV[7] == '1') then
  redis.call('DEL', unpack(KEYS))
  known = {ARGV[3], '0', '0', false}
  mine = false
  redis.call('HSET', KEYS[1], 'epoch', ARGV[3], 'seq', 0, 'version', 0)
elseif mine and (tonumber(known[2]) < tonumber(ARGV[2]) or is_another(ARGV[2], ARGV[8])) then
  known[1] = ARGV[3]
  mine = false
  redis.call('HSET', KEYS[1], 'epoch', ARGV[3])
  redis.call('PUBLISH', ARGV[9], table.concat({ARGV[3], known[2], '-', ARGV[10]}, ' ')) -- for those who have not noticed
end
local idle = tonumber(known[2]) == 0 and ARGV[6] or ARGV[5]
if now - (known[4] or 0) > idle / 8 then
  redis.call('HSET', KEYS[1], 'used', now)
  for i = 1, #KEYS do redis.call('PEXPIRE', KEYS[i], idle) end
end
local from = mine and string.format('%.0f-0', ARGV[2] + 1) or '-'
return {mine and 'more' or 'all', known[1], known[2], known[3],
  redis.call('HGETALL', KEYS[3]),
  redis.call('XRANGE', KEYS[2], from, '+', 'COUNT', ARGV[4]),
  mine and '' or redis.call('GET', KEYS[4]) or ''}
