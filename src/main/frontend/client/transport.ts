import type { Credentials } from './credentials.ts';
import type { Command, ErrorFrame, Frame } from './frames.ts';
import type { Platform } from './platform.ts';
import { Refused } from './refused.ts';

export type TransportName = 'websocket' | 'sse' | 'poll';

/** Which room to join, from where on, and as whom. */
export interface Target {
  /** The server's base URL; it ends in a slash. */
  base: URL;
  roomId: string;
  /** Resume behind this position; without it a snapshot is asked for. */
  since: string | undefined;
  /** The session of an earlier link, so that HTTP requests count as one visitor. */
  session: string | undefined;
  /** How the server said last that it is, since the room was joined; `ok` if nothing. */
  told?: string;
  /** The version of who is here that is known, and what we may do as far as that is. */
  presence?: number;
  role?: string;
  credentials: Credentials;
  platform: Platform;
}

/** Why a link ended, in the close codes of the protocol whatever the transport; 1006 where nobody said why. */
export interface Ended {
  code: number;
  reason: string;
  /** The server asked not to come back sooner, in milliseconds. */
  retryAfterMs?: number;
  /** True if the way in failed (the server's door, the ticket), so that another transport would not help. */
  beforeTransport?: boolean;
  /** True if it could be read from but not written to, so that another transport may help however long it lasted. */
  mute?: boolean;
  /** What the server refused with its own words, for now. */
  refused?: Refused;
}

/** What a link tells, never before `open` has returned. After `ended`, which comes once, it tells nothing more. */
export interface LinkEvents {
  /** Something arrived, be it only a heartbeat. */
  alive: () => void;
  /** The room was joined: commands may go. Told again after a `resync`. */
  ready: () => void;
  frame: (frame: Frame) => void;
  /** The join was refused; the link is of no use until `resync`. */
  refused: (error: ErrorFrame) => void;
  ended: (end: Ended) => void;
}

/** One connection to one room. No method throws; what could not be sent shows as `ended`. */
export interface Link {
  send(command: Command): void;
  /** Asks for a sign of life; false where that cannot be asked for, because the server gives them by itself. */
  ping(): boolean;
  /** Joins again without `since`: a `joined` with a snapshot follows. */
  resync(): void;
  close(): void;
}

/** A way to reach a room. The three look alike to their caller. */
export interface Transport {
  readonly name: TransportName;
  open(target: Target, events: LinkEvents): Link;
}

/** The close codes that this side uses itself. */
export const CLOSE = { lost: 1006, silent: 4002, tokenEnded: 4010, goAway: 4500 } as const;

const closeCodes: Record<string, number> = { unauthorized: CLOSE.tokenEnded, 'not-allowed': CLOSE.goAway };

/** What a server says when it ends a stream or answers a poll for the last time: `{code, reason}`. */
export function endedBecause(said: unknown): Ended {
  const { code, reason } = (said ?? {}) as { code?: unknown; reason?: unknown };
  return {
    code: typeof code === 'number' ? code : CLOSE.lost,
    reason: typeof reason === 'string' ? reason : 'The server ended the connection.',
  };
}

/** What a failed request means for its link. */
export function endedBy(problem: unknown): Ended {
  if (!(problem instanceof Refused)) return { code: CLOSE.lost, reason: 'The server cannot be reached.' };
  const code = closeCodes[problem.code] ?? CLOSE.lost;
  const { message: reason, retryable, retryAfterMs } = problem;
  // Without the time to wait: nobody but us has to come back.
  const refused = retryable ? new Refused(problem.code, reason, true) : undefined;
  return { code, reason, retryAfterMs, beforeTransport: true, refused };
}
