/**
 * The client of a Roomcast server: joins a room over WebSocket, server-sent events or long-poll, whichever gets
 * through, and keeps a picture of it in which nothing is lost and nothing doubled.
 *
 *     const room = joinRoom('standup', { token: () => myToken });
 *     room.subscribe(() => console.log(room.view.response));
 *     await room.ask('Summarise this');
 */
import { Room, type RoomOptions } from './room.ts';

/** Joins a room and stays in it until `close()`. */
export const joinRoom = (roomId: string, options?: RoomOptions): Room => new Room(roomId, options);

export { Room, allTransports, type RoomOptions } from './room.ts';
export type { GetTicket, GetToken, Token } from './credentials.ts';
export { eventStream } from './event-stream.ts';
export type { EndStatus, Person, Role, Usage, You } from './frames.ts';
export { longPoll } from './long-poll.ts';
export { askFor, type AskOptions, type Model } from './models.ts';
export { perFrame } from './pace.ts';
export type { Platform, Socket } from './platform.ts';
export type { Waiting } from './queue.ts';
export { Refused } from './refused.ts';
export {
  Rooms,
  type Admitted,
  type Left,
  type Me,
  type RoomEntry,
  type RoomsOptions,
  type RoomUsage,
} from './rooms.ts';
export type { Answer, Item, Message, Unsaid } from './state.ts';
export type { Transport, TransportName } from './transport.ts';
export type { RoomView, Status } from './view.ts';
export { websocket } from './websocket.ts';
