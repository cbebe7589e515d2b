/** React on top of the client library: rooms as a hook. Knows no DOM, so that it renders on servers too. */
export { useRealtimeAI, type RealtimeAI, type RealtimeOptions } from './useRealtimeAI.ts';
export type {
  Answer,
  Item,
  Message,
  Person,
  Role,
  RoomView,
  Status,
  Token,
  TransportName,
  Unsaid,
  You,
} from '../client/index.ts';
export { Refused } from '../client/index.ts';
