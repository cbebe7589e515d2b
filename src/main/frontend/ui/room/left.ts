import type { Left, Me } from '../../react/index.ts';

/** What was left when the server was asked, and what was used of it since. */
export interface Allowance {
  left: Me['left'];
  /** When that was, in milliseconds. */
  at: number;
  /** Questions asked since. */
  asked: number;
}

/** How much there is now: what was left, less what was used, and what came back meanwhile. */
export function leftNow({ left, limit, perMs }: Left, elapsedMs: number, used: number): number {
  const back = limit !== undefined && perMs ? Math.floor((Math.max(0, elapsedMs) * limit) / perMs) : 0;
  return Math.max(0, Math.min(Math.max(left, limit ?? left), left - used + back));
}

/** The last fifth, and never less than three. */
const few = (now: number, { limit = now }: Left) => now <= Math.max(3, Math.floor(limit / 5));

const per = ({ perMs }: Left) => (perMs === 86_400_000 ? ' today' : perMs === 60_000 ? ' this minute' : '');

/** A sentence if questions or tokens run short, or nothing. */
export function runsShort(
  { left: { questions, tokens }, at, asked }: Allowance,
  now: number,
): string | undefined {
  if (tokens) {
    const rest = leftNow(tokens, now - at, 0);
    if (rest === 0) return `No tokens left${per(tokens)}: the AI answers again later.`;
    if (tokens.limit !== undefined && rest <= tokens.limit / 5) {
      return `${rest.toLocaleString()} of ${tokens.limit.toLocaleString()} tokens left${per(tokens)}.`;
    }
  }
  if (!questions) return undefined;
  const rest = leftNow(questions, now - at, asked);
  if (!few(rest, questions)) return undefined;
  if (rest === 0) return `No question left${per(questions)}.`;
  return rest === 1 ? `One question left${per(questions)}.` : `${rest} questions left${per(questions)}.`;
}

/** In words, for how long one has to wait. */
export function waiting(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}
