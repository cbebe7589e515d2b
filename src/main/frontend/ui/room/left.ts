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

const PERIODS: Partial<Record<number, string>> = {
  60_000: ' this minute',
  3_600_000: ' this hour',
  86_400_000: ' today',
};
const per = ({ perMs = 0 }: Left) => PERIODS[perMs] ?? '';

/** What there is to say of what is left. */
export interface Told {
  /** What runs short, in a sentence; absent while nothing does. */
  short: string | undefined;
  /** The rest of what is limited, in passing; empty where nothing is. */
  rest: string;
}

function tokensLeft(tokens: Left, elapsedMs: number): Told {
  const now = leftNow(tokens, elapsedMs, 0);
  if (now === 0) return { short: `No tokens left${per(tokens)}: the AI answers again later.`, rest: '' };
  const { limit } = tokens;
  if (limit === undefined || now > limit / 5)
    return { short: undefined, rest: `${now.toLocaleString()} tokens left${per(tokens)}` };
  const of = `${now.toLocaleString()} of ${limit.toLocaleString()}`;
  return { short: `${of} tokens left${per(tokens)}.`, rest: '' };
}

function questionsLeft(questions: Left, elapsedMs: number, asked: number): Told {
  const now = leftNow(questions, elapsedMs, asked);
  const many =
    now === 1 ? 'One question' : `${now === 0 ? 'No' : now.toLocaleString()} question${now === 0 ? '' : 's'}`;
  const told = `${many} left${per(questions)}`;
  return few(now, questions) ? { short: `${told}.`, rest: '' } : { short: undefined, rest: told };
}

/** Of rooms in which nobody has spoken yet: of no interest to most people, and so told only where they run short. */
function newRoomsLeft(newRooms: Left, elapsedMs: number): Told {
  const now = leftNow(newRooms, elapsedMs, 0);
  const many =
    now === 1 ? 'One new room' : `${now === 0 ? 'No' : now.toLocaleString()} new room${now === 0 ? '' : 's'}`;
  return { short: few(now, newRooms) ? `${many} left to begin${per(newRooms)}.` : undefined, rest: '' };
}

/** What is left of questions, tokens and new rooms. Where several run short, the tokens of the day are what matters, and new rooms least. */
export function whatIsLeft(
  { left: { questions, tokens, newRooms }, at, asked }: Allowance,
  now: number,
): Told {
  const told = [
    ...(tokens ? [tokensLeft(tokens, now - at)] : []),
    ...(questions ? [questionsLeft(questions, now - at, asked)] : []),
    ...(newRooms ? [newRoomsLeft(newRooms, now - at)] : []),
  ];
  return {
    short: told.find(({ short }) => short !== undefined)?.short,
    rest: told
      .map(({ rest }) => rest)
      .filter((rest) => rest !== '')
      .reverse() // Questions first: they are what one asks.
      .join(', '),
  };
}

/** Whether something of it comes back by the second. */
export const comesBack = ({ left, at, asked }: Allowance, now: number): boolean =>
  [left.questions, left.tokens, left.newRooms].some(
    (of, i) => of?.limit !== undefined && of.perMs && leftNow(of, now - at, i === 0 ? asked : 0) < of.limit,
  );

/** In words, for how long one has to wait. */
export function waiting(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}
