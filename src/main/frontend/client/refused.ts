import type { ErrorFrame } from './frames.ts';

/**
 * What the server refused, or what could not be said at all. `code` is stable and for programs (protocol, section 5;
 * this library adds `queue-full`, `outcome-unknown` and `closed`), `message` is a sentence for people.
 */
export class Refused extends Error {
  readonly code: string;
  /** True if the same thing may work later: words of ours are kept in `view.unsaid` then. */
  readonly retryable: boolean;
  /** How long to wait before that, in milliseconds, if the server said so. */
  readonly retryAfterMs: number | undefined;

  constructor(code: string, message: string, retryable = false, retryAfterMs?: number) {
    super(message);
    this.name = 'Refused';
    this.code = code;
    this.retryable = retryable;
    this.retryAfterMs = retryAfterMs;
  }

  static from({ code, message, retryable, retryAfterMs }: ErrorFrame): Refused {
    return new Refused(code, message, retryable, retryAfterMs);
  }
}
