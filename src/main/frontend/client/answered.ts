import type { Frame } from './frames.ts';
import type { Outcome } from './outbox.ts';
import { Refused } from './refused.ts';

/** Which command of ours a frame answers, and how; `undefined` if none. `you` is our userId. */
export function answered(
  frame: Frame,
  you: string | undefined,
): ({ id: string } & (Outcome | { why: Refused })) | undefined {
  if (!('re' in frame) || frame.re === undefined) return;
  switch (frame.type) {
    case 'error':
      return { id: frame.re, why: Refused.from(frame) };
    case 'reply':
      return { id: frame.re, messageId: frame.messageId, answerId: frame.answerId };
    case 'message':
      return frame.userId === you ? { id: frame.re, messageId: frame.messageId } : undefined;
    case 'ai-queued':
    case 'ai-start':
      return frame.userId === you ? { id: frame.re, answerId: frame.answerId } : undefined;
    case 'removed': // Its userId is the moderator's.
      return frame.userId === you
        ? { id: frame.re, messageId: frame.messageId, answerId: frame.answerId }
        : undefined;
    case 'ai-end':
      // Its userId is the asker's; a moderator who stopped or withdrew it is named in `by`.
      return frame.userId === you || frame.by === you
        ? { id: frame.re, answerId: frame.answerId }
        : undefined;
    case 'joined':
    case 'ai-chunk':
      return undefined;
  }
}
