/** React on top of the client library: rooms as a hook. Knows no DOM, so that it renders on servers too. */
export { useRealtimeAI, type RealtimeAI, type RealtimeOptions } from './useRealtimeAI.ts';
export type {
  Admitted,
  Answer,
  AskOptions,
  GetToken,
  Item,
  Left,
  Me,
  Message,
  Model,
  Person,
  Role,
  RoomEntry,
  RoomUsage,
  RoomView,
  Status,
  Token,
  TransportName,
  Unsaid,
  Waiting,
  You,
} from '../client/index.ts';
export { askFor, Refused, Rooms } from '../client/index.ts';
