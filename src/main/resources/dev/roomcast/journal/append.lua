-- Appends one event to a room's log, and perhaps a question that waits from then on, or says why not. The rules of rooms are decided by who calls, on the room as they know it; here it is
-- made sure that what they decided on still holds.
local meta, log, answers, seen, order = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5] -- and 6, the snapshot
local the_epoch, the_seq, the_version = ARGV[1], ARGV[2], ARGV[3] -- the room as the caller knows it
local kind = ARGV[4] -- free start part end close other refused unseen
local id = ARGV[5] -- of the message or answer
local at, size = ARGV[6], ARGV[7] -- where a part joins the answer, and how long it is
local holder = ARGV[8] -- who must hold the answer
local event = ARGV[9]
local command, fingerprint = ARGV[10], ARGV[11] -- '' if nobody can repeat it
local repeats = ARGV[12] -- '2' a command, '1' sent before, '0' new
local bell, room, node = ARGV[13], ARGV[14], ARGV[15]
local idle, keep_commands, most_commands = ARGV[16], ARGV[17], ARGV[18] -- ms, ms, of one user
local digest = ARGV[19] -- of the answer with this part, or as the caller knows it
local of_the_log = ARGV[20] -- what stands in a closing event for length and digest
local the_time = ARGV[21] -- of the last event that the caller knows, or '0'
local question, question_size = ARGV[22], ARGV[23] -- '' if none goes with it
local answer_digest = 'digest:' .. id

local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local known = redis.call('HMGET', meta, 'epoch', 'seq', 'version', 'used')
local epoch, last, version, used = known[1], known[2], known[3], known[4]
if epoch ~= the_epoch or tonumber(last) < tonumber(the_seq) then return {'stale'} end
if the_time ~= '0' then
  -- A Redis that lost its end, and has been written to since, is as long as before and another: who reads on is told so.
  local there = redis.call('XRANGE', log, the_seq .. '-0', the_seq .. '-0')[1]
  if there and there[2][4] ~= the_time then return {'stale'} end
end

if command ~= '' and repeats ~= '0' then
  local earlier = redis.call('HGET', seen, command)
  if earlier then
    local time, its_fingerprint, its_epoch, its_seq, outcome = string.match(earlier, '^(%d+) (%S+) (%d+) (%d+) (.*)$')
    if now - time <= tonumber(keep_commands) then
      if its_fingerprint ~= fingerprint then return {'reused'} end
      return {'repeated', its_epoch, its_seq, outcome}
    end
  end
end

local answer = redis.call('HGET', answers, id)
if kind == 'part' or kind == 'end' then
  -- An answer has one holder, and whoever it was before cannot write any more.
  local length, its_holder, its_seq, time
  if answer then length, its_holder, its_seq, time = string.match(answer, '^(%d+) (%S+) (%d+) (%d+)$') end
  if kind == 'part' and repeats == '1' and its_holder == holder and tonumber(length) == at + size then
    return {'ok', its_seq, time, 0}
  end
  if its_holder ~= holder or tonumber(length) ~= tonumber(at) then return {'illegal'} end
elseif kind == 'close' then
  if not answer then return {'illegal'} end
  local length = string.match(answer, '^%d+')
  local written = redis.call('HGET', meta, answer_digest)
  if not written then
    -- Nothing of it is there yet, or an older version writes it, which tells no digest.
    if length ~= at then return {'stale'} end
    written = digest
  end
  local from, to = string.find(event, of_the_log, 1, true)
  event = string.sub(event, 1, from - 1) .. '"length":' .. length .. ',"digest":' .. written .. string.sub(event, to + 1)
elseif kind == 'unseen' then
  return {tonumber(last) == tonumber(the_seq) and 'refused' or 'stale'}
elseif kind ~= 'free' then
  if version ~= the_version then return {'stale'} end
  if kind == 'refused' then return {'refused'} end
end

local seq = string.format('%.0f', last + 1)
redis.call('XADD', log, seq .. '-0', 'e', event, 't', now)
local head = seq
if question ~= '' then
  head = string.format('%.0f', last + 2)
  redis.call('XADD', log, head .. '-0', 'e', question, 't', now)
  size = size + question_size
end
redis.call('HSET', meta, 'seq', head)
local characters = redis.call('HINCRBY', meta, 'characters', string.format('%.0f', size))
if kind == 'part' then
  redis.call('HSET', answers, id, string.format('%.0f %s %s %.0f', at + size, holder, seq, now))
  redis.call('HSET', meta, answer_digest, digest)
elseif kind == 'start' then
  redis.call('HSET', answers, id, string.format('0 %s %s %.0f', node, seq, now))
elseif kind == 'end' or kind == 'close' then
  redis.call('HDEL', answers, id)
  redis.call('HDEL', meta, answer_digest)
end
if kind ~= 'part' and kind ~= 'free' then redis.call('HSET', meta, 'version', head) end
if command ~= '' then
  redis.call('HSET', seen, command, string.format('%.0f %s %s %s %s', now, fingerprint, epoch, seq, id))
  if redis.call('RPUSH', order, command) > tonumber(most_commands) then
    redis.call('HDEL', seen, redis.call('LPOP', order))
  end
  redis.call('PEXPIRE', seen, keep_commands)
  redis.call('PEXPIRE', order, keep_commands)
end
-- Not with each token, but in time, and whenever a key may be new.
if kind ~= 'part' or now - (used or 0) > idle / 8 then
  redis.call('HSET', meta, 'used', now)
  for i = 1, 3 do redis.call('PEXPIRE', KEYS[i], idle) end
  redis.call('PEXPIRE', KEYS[6], idle)
end
redis.call('PUBLISH', bell, table.concat({epoch, head, node, room}, ' '))
local block = 262144
local due = math.floor(head / 500) > math.floor(last / 500) or math.floor(characters / block) > math.floor((characters - size) / block)
return {'ok', seq, string.format('%.0f', now), due and 1 or 0}
