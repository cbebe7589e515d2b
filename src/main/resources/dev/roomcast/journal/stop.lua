-- Notes that an answer shall stop, for whoever holds it, and rings.
-- KEYS meta answers stops
-- ARGV 1 answerId   2 who and why   3 bell   4 room   5 idle ms
local known = redis.call('HMGET', KEYS[1], 'epoch', 'seq')
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 0 then return {'gone'} end
local first = redis.call('HSETNX', KEYS[3], ARGV[1], ARGV[2])
redis.call('PEXPIRE', KEYS[3], ARGV[5])
redis.call('PUBLISH', ARGV[3], table.concat({known[1], known[2], 'stop', ARGV[4]}, ' '))
return {'ok', first}
