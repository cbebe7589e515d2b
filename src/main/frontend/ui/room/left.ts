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
  /** The same to be read aloud: without numbers, since those change by the second. */
  aloud: string | undefined;
  /** The rest of what is limited, in passing; empty where nothing is. */
  rest: string;
}

const inPassing = (rest: string): Told => ({ short: undefined, aloud: undefined, rest });

/** Of one who has less than none the server says none as well: it alone knows when there are tokens again. */
export const isNone = (tokens: Left | undefined) => tokens?.left === 0;

function tokensLeft(tokens: Left, elapsedMs: number): Told {
  const now = isNone(tokens) ? 0 : leftNow(tokens, elapsedMs, 0);
  if (now === 0) {
    const none = `No tokens left${per(tokens)}: the AI answers again later.`;
    return { short: none, aloud: none, rest: '' };
  }
  const { limit } = tokens;
  if (limit === undefined || now > limit / 5)
    return inPassing(`${now.toLocaleString()} tokens left${per(tokens)}`);
  const of = `${now.toLocaleString()} of ${limit.toLocaleString()}`;
  return { short: `${of} tokens left${per(tokens)}.`, aloud: `Few tokens left${per(tokens)}.`, rest: '' };
}

/** Of something that is counted one by one. `left` is how the sentence goes on. */
function manyLeft(now: number, what: string, left: string): Told {
  const none = `No ${what}${left}`;
  if (now === 0) return { short: `${none}.`, aloud: `${none}.`, rest: none };
  const many = now === 1 ? `One ${what}${left}` : `${now.toLocaleString()} ${what}s${left}`;
  return { short: `${many}.`, aloud: `Few ${what}s${left}.`, rest: many };
}

function questionsLeft(questions: Left, elapsedMs: number, asked: number): Told {
  const now = leftNow(questions, elapsedMs, asked);
  const told = manyLeft(now, 'question', ` left${per(questions)}`);
  return few(now, questions) ? { ...told, rest: '' } : inPassing(told.rest);
}

/** Of rooms in which nobody has spoken yet: of no interest to most people, and so told only where they run short. */
function newRoomsLeft(newRooms: Left, elapsedMs: number): Told {
  const now = leftNow(newRooms, elapsedMs, 0);
  const told = manyLeft(now, 'new room', ` left to begin${per(newRooms)}`);
  return few(now, newRooms) ? { ...told, rest: '' } : inPassing('');
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
  const runsShort = told.find(({ short }) => short !== undefined);
  return {
    short: runsShort?.short,
    aloud: runsShort?.aloud,
    rest: told
      .map(({ rest }) => rest)
      .filter((rest) => rest !== '')
      .reverse() // Questions first: they are what one asks.
      .join(', '),
  };
}

/** Whether something of it comes back by the second. */
export const comesBack = ({ left, at, asked }: Allowance, now: number): boolean =>
  [left.questions, isNone(left.tokens) ? undefined : left.tokens, left.newRooms].some(
    (of, i) => of?.limit !== undefined && of.perMs && leftNow(of, now - at, i === 0 ? asked : 0) < of.limit,
  );

/** In words, for how long one has to wait. */
export function waiting(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}
