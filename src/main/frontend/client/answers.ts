import { digest } from './digest.ts';
import type { AiChunkFrame, AiEndFrame, Ending, HistoryAnswer, Question, RunningAnswer } from './frames.ts';
import type { Answer, Missing } from './state.ts';

/** No answer is longer than this many code units; what a server sends beyond is not kept. */
export const LONGEST_ANSWER = 8 * 1024 * 1024;

/** The answer to a question, which has said nothing yet. */
export function begin(question: Question, key: string): Answer {
  const { answerId, userId, name, prompt, model, time, regenerates, continues } = question;
  return {
    kind: 'answer',
    key,
    answerId,
    userId,
    name,
    prompt,
    model,
    regenerates,
    continues,
    text: '',
    status: 'running',
    time,
    intact: true,
  };
}

/**
 * The answer with a chunk applied. What it has already is dropped, so a repeat changes nothing; what does not fit
 * says `gap`, so that a torn text is never shown.
 */
export function append(answer: Answer, { at, content }: AiChunkFrame): Answer | Missing {
  const { text } = answer;
  if (at > text.length) return 'gap';
  const known = Math.min(text.length - at, content.length);
  if (known > 0 && text.slice(at, at + known) !== content.slice(0, known)) return 'gap'; // Not the text we know.
  if (known === content.length) return answer;
  if (text.length + content.length - known > LONGEST_ANSWER) return { ...answer, intact: false };
  return { ...answer, text: text + content.slice(known) };
}

const proves = (text: string, { length, digest: expected }: Ending) =>
  (length === undefined || length === text.length) && (expected === undefined || expected === digest(text));

const ended = (answer: Answer, ending: Ending | AiEndFrame): Answer => {
  const { status, by, finish, answeredBy, code, message: reason, retryable, usage } = ending;
  const notBefore = 'notBefore' in ending ? ending.notBefore : undefined;
  return { ...answer, status, by, finish, answeredBy, code, reason, retryable, notBefore, usage };
};

/**
 * The end as it is heard now, with when to ask again. It may have ended long before; but a server whose clock is ahead of
 * ours lets nobody wait longer for that.
 */
export function heard(frame: AiEndFrame, now: number): AiEndFrame {
  if (frame.retryAfterMs === undefined) return frame;
  return { ...frame, notBefore: Math.min(now, frame.time ?? now) + Math.max(0, frame.retryAfterMs) };
}

/** The answer after its `ai-end`, or `digest` if what we have is not what the server says it wrote. */
export function end(answer: Answer, ending: AiEndFrame): Answer | Missing {
  if (answer.intact && !proves(answer.text, ending)) return 'digest';
  return ended(answer, ending);
}

/** An answer of a snapshot. A settled one that fails its own proof is shown, but said not to be intact. */
export function fromSnapshot(source: RunningAnswer | HistoryAnswer): Answer {
  const text = source.text.slice(0, LONGEST_ANSWER);
  const intact = text.length === source.text.length;
  const answer = { ...begin(source, source.answerId), text, intact };
  return 'status' in source ? ended({ ...answer, intact: intact && proves(text, source) }, source) : answer;
}
