import type { Person, Question } from './frames.ts';

/** A question that waits for its answer to begin, because as many are under way as may be. */
export interface Queued extends Question {
  /** Stays the same for as long as question and answer are shown. */
  key: string;
}

/** One with its place in the line; the first is 1. */
export interface Waiting extends Queued {
  place: number;
}

/**
 * The line in which questions wait, the next to begin first: the rule of the protocol (section 3), by which the server goes
 * too. A question's turn is how many of the same user are under way or wait before it. The lower turn goes first, then whose
 * last answer is longer ago, then the older question: so one who asks ten times waits behind one who asks once.
 * `waiting` is in the order of asking, `answered` (userIds) in the order of their answers' ends.
 */
export function line<Q extends Pick<Person, 'userId'>>(
  waiting: readonly Q[],
  running: readonly Pick<Person, 'userId'>[],
  answered: readonly string[] = [],
): Q[] {
  const turns = new Map<string, number>();
  const turn = (userId: string) => {
    const now = turns.get(userId) ?? 0;
    turns.set(userId, now + 1);
    return now;
  };
  for (const { userId } of running) turn(userId);
  return waiting
    .map((question) => ({
      question,
      turn: turn(question.userId),
      answered: answered.lastIndexOf(question.userId), // -1 for whoever has had no answer
    }))
    .sort((a, b) => a.turn - b.turn || a.answered - b.answered) // Stable: of the same the older stays first.
    .map(({ question }) => question);
}

/** The line with its places. `before` lends what did not change, and is given back if nothing did. */
export function places(
  waiting: readonly Queued[],
  running: readonly Pick<Person, 'userId'>[],
  answered: readonly string[] = [],
  before: readonly Waiting[] = [],
): readonly Waiting[] {
  if (waiting.length === 0 && before.length === 0) return before;
  const known = new Map(before.map((one) => [one.key, one]));
  const now = line(waiting, running, answered).map((question, i): Waiting => {
    const old = known.get(question.key);
    return old?.place === i + 1 && old.answerId === question.answerId ? old : { ...question, place: i + 1 };
  });
  return now.length === before.length && now.every((one, i) => one === before[i]) ? before : now;
}
