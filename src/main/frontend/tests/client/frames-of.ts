import { digest } from '../../client/digest.ts';
import type { Frame } from '../../client/frames.ts';

type Of<T extends Frame['type']> = Extract<Frame, { type: T }>;

const ana = { userId: 'ana', name: 'Ana' };

export const message = (messageId: string, more: Partial<Of<'message'>> = {}): Of<'message'> => ({
  type: 'message',
  messageId,
  ...ana,
  content: messageId,
  time: 1,
  ...more,
});

export const start = (answerId: string, more: Partial<Of<'ai-start'>> = {}): Of<'ai-start'> => ({
  type: 'ai-start',
  answerId,
  ...ana,
  prompt: 'Why?',
  time: 1,
  ...more,
});

export const queued = (answerId: string, more: Partial<Of<'ai-queued'>> = {}): Of<'ai-queued'> => ({
  ...start(answerId),
  ...more,
  type: 'ai-queued',
});

export const chunk = (answerId: string, at: number, content: string, position?: string): Of<'ai-chunk'> => ({
  type: 'ai-chunk',
  answerId,
  at,
  content,
  position,
});

export const end = (answerId: string, text: string, more: Partial<Of<'ai-end'>> = {}): Of<'ai-end'> => ({
  type: 'ai-end',
  answerId,
  status: 'complete',
  length: text.length,
  digest: digest(text),
  ...more,
});

export const removed = (more: Partial<Of<'removed'>>): Of<'removed'> => ({
  type: 'removed',
  userId: 'mo',
  name: 'Mo',
  ...more,
});
