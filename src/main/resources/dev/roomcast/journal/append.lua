-- Appends one event to a room's log, or says why not. The rules of rooms are decided by who calls, on the room as they know it; here it is
-- made sure that what they decided on still holds.
-- KEYS meta log answers seen order snapshot
-- ARGV 1 epoch, 2 seq, 3 version: the room as the caller knows it   4 kind: free start part end close other refused   5 id of message or answer
--      6 at   7 size   8 holder of the answer   9 event   10 command id or ''   11 its fingerprint   12 '2' a command, '1' sent before, '0' new
--      13 bell   14 room   15 node   16 idle ms   17 keep commands ms   18 keep commands of a user
--      19 digest of the answer with this part, or as the caller knows it   20 what stands in a closing event for length and digest
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local known = redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'version', 'used')
local kind = ARGV[4]
if known[1] ~= ARGV[1] or tonumber(known[2]) < tonumber(ARGV[2]) then return {'stale'} end

if ARGV[10] ~= '' and ARGV[12] ~= '0' then
  local earlier = redis.call('HGET', KEYS[4], ARGV[10])
  if earlier then
    local time, fingerprint, epoch, seq, outcome = string.match(earlier, '^(%d+) (%S+) (%d+) (%d+) (.*)$')
    if now - time <= tonumber(ARGV[17]) then
      if fingerprint ~= ARGV[11] then return {'reused'} end
      return {'repeated', epoch, seq, outcome}
    end
  end
end

local event = ARGV[9]
local answer = redis.call('HGET', KEYS[3], ARGV[5])
if kind == 'part' or kind == 'end' then
  -- An answer has one holder, and whoever it was before cannot write any more.
  local length, holder, seq, time
  if answer then length, holder, seq, time = string.match(answer, '^(%d+) (%S+) (%d+) (%d+)$') end
  if kind == 'part' and ARGV[12] == '1' and holder == ARGV[8] and tonumber(length) == ARGV[6] + ARGV[7] then
    return {'ok', seq, time, 0}
  end
  if holder ~= ARGV[8] or tonumber(length) ~= tonumber(ARGV[6]) then return {'illegal'} end
elseif kind == 'close' then
  if not answer then return {'illegal'} end
  local length = string.match(answer, '^%d+')
  local digest = redis.call('HGET', KEYS[1], 'digest:' .. ARGV[5])
  if not digest then
    -- Nothing of it is there yet, or an older version writes it, which tells no digest.
    if length ~= ARGV[6] then return {'stale'} end
    digest = ARGV[19]
  end
  local from, to = string.find(event, ARGV[20], 1, true)
  event = string.sub(event, 1, from - 1) .. '"length":' .. length .. ',"digest":' .. digest .. string.sub(event, to + 1)
elseif kind ~= 'free' then
  if known[3] ~= ARGV[3] then return {'stale'} end
  if kind == 'refused' then return {'refused'} end
end

local seq = string.format('%.0f', known[2] + 1)
redis.call('XADD', KEYS[2], seq .. '-0', 'e', event, 't', now)
redis.call('HSET', KEYS[1], 'seq', seq)
local after = redis.call('HINCRBY', KEYS[1], 'characters', ARGV[7])
if kind == 'part' then
  redis.call('HSET', KEYS[3], ARGV[5], string.format('%.0f %s %s %.0f', ARGV[6] + ARGV[7], ARGV[8], seq, now))
  redis.call('HSET', KEYS[1], 'digest:' .. ARGV[5], ARGV[19])
elseif kind == 'start' then
  redis.call('HSET', KEYS[3], ARGV[5], string.format('0 %s %s %.0f', ARGV[15], seq, now))
elseif kind == 'end' or kind == 'close' then
  redis.call('HDEL', KEYS[3], ARGV[5])
  redis.call('HDEL', KEYS[1], 'digest:' .. ARGV[5])
end
if kind ~= 'part' and kind ~= 'free' then redis.call('HSET', KEYS[1], 'version', seq) end
if ARGV[10] ~= '' then
  redis.call('HSET', KEYS[4], ARGV[10], string.format('%.0f %s %s %s %s', now, ARGV[11], known[1], seq, ARGV[5]))
  if redis.call('RPUSH', KEYS[5], ARGV[10]) > tonumber(ARGV[18]) then
    redis.call('HDEL', KEYS[4], redis.call('LPOP', KEYS[5]))
  end
  redis.call('PEXPIRE', KEYS[4], ARGV[17])
  redis.call('PEXPIRE', KEYS[5], ARGV[17])
end
-- Not with each token, but in time, and whenever a key may be new.
if kind ~= 'part' or now - (known[4] or 0) > ARGV[16] / 8 then
  redis.call('HSET', KEYS[1], 'used', now)
  for i = 1, 3 do redis.call('PEXPIRE', KEYS[i], ARGV[16]) end
  redis.call('PEXPIRE', KEYS[6], ARGV[16])
end
redis.call('PUBLISH', ARGV[13], table.concat({known[1], seq, ARGV[15], ARGV[14]}, ' '))
local block = 262144
local due = tonumber(seq) % 500 == 0 or math.floor(after / block) > math.floor((after - ARGV[7]) / block)
return {'ok', seq, string.format('%.0f', now), due and 1 or 0}
