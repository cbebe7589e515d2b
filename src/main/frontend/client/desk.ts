import { answered } from './answered.ts';
import type { Command, Frame } from './frames.ts';
import { randomId } from './ids.ts';
import { KNOWN_AS_REPEAT, Outbox, type Answered, type Outcome } from './outbox.ts';
import { withoutPending } from './pending.ts';
import type { Picture } from './picture.ts';
import type { Platform } from './platform.ts';
import { Refused } from './refused.ts';
import type { RoomState, Unsaid } from './state.ts';
import { forget, keepWords } from './unsaid.ts';
import { saying, wordsIn, wordsOf, type Words } from './words.ts';

/**
 * Where our commands go out and their answers come back. Each is kept until it is answered and sent by every connection
 * until then, and what it says shows in the room meanwhile.
 */
export class Desk {
  readonly #outbox: Outbox;
  readonly #platform: Platform;
  readonly #picture: Picture;
  readonly #post: (command: Command) => boolean;

  /** `post` sends a command if that can be done now, and says whether it did. */
  constructor(platform: Platform, picture: Picture, post: (command: Command) => boolean) {
    this.#outbox = new Outbox(platform);
    this.#platform = platform;
    this.#picture = picture;
    this.#post = post;
  }

  /** Gives a command, which may have gone out before. Rejects with `Refused`. */
  async give(command: Answered, firstSent?: number): Promise<Outcome> {
    const picture = this.#picture;
    const { state } = picture;
    const words = wordsIn(command, state.items);
    const outcome = this.#take(command, words, firstSent);
    if (words) {
      const mine = { ...words, id: command.id, time: this.#platform.now(), phase: 'waiting' } as const;
      picture.state = { ...state, pending: [...state.pending, mine] };
    }
    this.#send(command.id);
    picture.tell({ error: undefined });
    return outcome;
  }

  /**
   * Gives once more what is kept as unsaid under this key: as the same command, since perhaps it was taken although it
   * was refused; as a new one, where the server does not know it any more.
   */
  async again(key: string): Promise<Outcome> {
    const picture = this.#picture;
    const words = picture.state.unsaid.find((unsaid) => unsaid.key === key);
    if (!words) throw new Refused('bad-id', 'There is nothing to say again.');
    if (picture.link.status === 'closed') throw new Refused('closed', 'The room is closed.');
    picture.state = forget(picture.state, key);
    const { firstSent = this.#platform.now() } = words;
    const known = this.#platform.now() - firstSent < KNOWN_AS_REPEAT;
    return known ? this.give(saying(words, key), words.firstSent) : this.give(saying(words, randomId()));
  }

  /** Sends all that has no answer yet, with the ids that it had: what the server knows already it does not do twice. */
  flush(): void {
    const picture = this.#picture;
    for (const id of this.#outbox.tooOld()) {
      const message = 'The connection was gone for too long: this may or may not have been said.';
      const error = new Refused('outcome-unknown', message, true);
      this.#refuse(id, error, picture.state);
      picture.state = withoutPending(picture.state, id);
      picture.tell({ error });
    }
    for (const id of this.#outbox.unanswered()) this.#send(id);
    picture.tell();
  }

  /** Settles the command that a frame answers, if it answers one; gives what was refused. `before` is the room before it. */
  hear(frame: Frame, before: RoomState): Refused | undefined {
    const picture = this.#picture;
    const answer = answered(frame, picture.state.you?.userId);
    if (!answer) return undefined;
    if ('why' in answer) {
      this.#refuse(answer.id, answer.why, before);
      return answer.why;
    }
    this.#outbox.fulfil(answer.id, answer);
    return undefined;
  }

  /** What stands as unsaid, and what would if the room was left now. */
  unsaid(): readonly Unsaid[] {
    const { pending, unsaid } = this.#picture.state;
    const why = new Refused('closed', 'The room was left.', true);
    const notBefore = this.#platform.now();
    const open = this.#outbox.unanswered().flatMap((key): Unsaid[] => {
      const words = pending.find(({ id }) => id === key);
      const firstSent = this.#outbox.firstSent(key);
      return words ? [{ ...wordsOf(words), key, why, firstSent, notBefore }] : [];
    });
    return [...unsaid, ...open];
  }

  /** Rejects all that has no answer. What it says is kept: the room may open again. */
  close({ code, message }: Refused): void {
    const before = this.#picture.state;
    for (const id of this.#outbox.unanswered()) this.#refuse(id, new Refused(code, message, true), before);
    this.#picture.state = { ...this.#picture.state, pending: [], typing: [] };
  }

  /** Takes a command to be sent; why it cannot is told as if the server had refused it. */
  #take(command: Answered, words: Words | undefined, firstSent: number | undefined): Promise<Outcome> {
    const { link } = this.#picture;
    try {
      if (link.status === 'closed') throw new Refused('closed', 'The room is closed.');
      return this.#outbox.add(command, firstSent);
    } catch (problem) {
      const why = problem as Refused;
      if (words) this.#keep(command.id, words, why, firstSent);
      // Of a closed room it matters more why it is.
      this.#picture.tell({ error: link.status === 'closed' ? (link.error ?? why) : why });
      throw why;
    }
  }

  /** Rejects a command; what it says is kept. `before` still holds it. */
  #refuse(id: string, why: Refused, before: RoomState): void {
    const words = before.pending.find((pending) => pending.id === id);
    const firstSent = this.#outbox.refuse(id, why);
    if (words) this.#keep(id, words, why, firstSent);
  }

  #keep(key: string, words: Words, why: Refused, firstSent: number | undefined): void {
    const notBefore = this.#platform.now() + Math.max(0, why.retryAfterMs ?? 0);
    const unsaid = { ...wordsOf(words), key, why, firstSent, notBefore };
    this.#picture.state = keepWords(this.#picture.state, unsaid);
  }

  #send(id: string): void {
    const picture = this.#picture;
    const command = picture.link.status === 'connected' ? this.#outbox.sending(id) : undefined;
    if (!command || !this.#post(command)) return;
    const pending = picture.state.pending.map((mine) =>
      mine.id === id && mine.phase === 'waiting' ? { ...mine, phase: 'sent' as const } : mine,
    );
    picture.state = { ...picture.state, pending };
  }
}
