import type { Command } from './frames.ts';
import type { Platform } from './platform.ts';
import { Refused } from './refused.ts';

/** What became of a command. */
export interface Outcome {
  messageId?: string;
  answerId?: string;
}

export type Answered = Exclude<Extract<Command, { id: string }>, { type: 'refresh' }>;

interface Entry {
  command: Answered;
  firstSent: number | undefined;
  resolve: (outcome: Outcome) => void;
  reject: (why: Refused) => void;
}

/** More commands than these do not wait for a connection. */
const MOST = 100;
/** The server knows a repeat for 10 minutes (protocol, section 2); one sent longer ago might be said twice. */
export const KNOWN_AS_REPEAT = 9 * 60_000;
/** The server takes no larger command, in bytes. */
const LARGEST = 128 * 1024;

/** The commands that wait for an answer, in the order in which they were given. */
export class Outbox {
  readonly #entries = new Map<string, Entry>();
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * Keeps a command until it is answered. Throws `Refused` if it is too large or too many wait already. `firstSent` is
   * when it went out before, if it did.
   */
  add(command: Answered, firstSent?: number): Promise<Outcome> {
    if (new TextEncoder().encode(JSON.stringify(command)).length > LARGEST) {
      throw new Refused('too-long', 'That is too long to send.');
    }
    if (this.#entries.size >= MOST) {
      throw new Refused('queue-full', 'Too much is waiting for the connection already.', true);
    }
    return new Promise((resolve, reject) => {
      this.#entries.set(command.id, { command, firstSent, resolve, reject });
    });
  }

  /** Notes that a command is on its way, and gives it. */
  sending(id: string): Answered | undefined {
    const entry = this.#entries.get(id);
    if (entry) entry.firstSent ??= this.#platform.now();
    return entry?.command;
  }

  /** All that have no answer yet, to be sent again with their ids. */
  unanswered(): string[] {
    return [...this.#entries.keys()];
  }

  /** Those for which a repeat could no longer be told from a new one. */
  tooOld(): string[] {
    const oldest = this.#platform.now() - KNOWN_AS_REPEAT;
    return this.unanswered().filter((id) => (this.#entries.get(id)?.firstSent ?? oldest) < oldest);
  }

  /** When the command went out for the first time; `undefined` if it did not. */
  firstSent(id: string): number | undefined {
    return this.#entries.get(id)?.firstSent;
  }

  fulfil(id: string, outcome: Outcome): void {
    this.#entries.get(id)?.resolve(outcome);
    this.#entries.delete(id);
  }

  /** Says when the command went out for the first time, if it did. */
  refuse(id: string, why: Refused): number | undefined {
    const entry = this.#entries.get(id);
    entry?.reject(why);
    this.#entries.delete(id);
    return entry?.firstSent;
  }
}
