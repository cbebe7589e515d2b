import type { Command } from './frames.ts';
import type { Item } from './state.ts';

/** What we say or ask, as it is shown before the server has told it to everybody, and kept if that did not take it. */
export interface Words {
  kind: 'message' | 'answer';
  /** The message, or the question. */
  content: string;
  /** The model that was asked for; absent for the default. */
  model?: string;
  /** What the model should be there for, where that was asked for instead. */
  role?: string;
  /** The answer that is asked for anew, or is to go on. */
  regenerates?: string;
  continues?: string;
}

type Said = Extract<Command, { type: 'message' | 'ai-query' | 'ai-regenerate' | 'ai-continue' }>;

function promptOf(answerId: string, items: readonly Item[]): string {
  const answer = items.find((item) => item.kind === 'answer' && item.answerId === answerId);
  return answer?.kind === 'answer' ? answer.prompt : '';
}

/** The words in a command; `undefined` if it has none that anybody would see. */
export function wordsIn(command: Command, items: readonly Item[]): Words | undefined {
  switch (command.type) {
    case 'message':
      return { kind: 'message', content: command.content };
    case 'ai-query':
      return { kind: 'answer', content: command.prompt, model: command.model, role: command.role };
    case 'ai-regenerate': {
      const { answerId: regenerates, model, role } = command;
      return { kind: 'answer', content: promptOf(regenerates, items), model, role, regenerates };
    }
    case 'ai-continue':
      return {
        kind: 'answer',
        content: promptOf(command.answerId, items),
        continues: command.answerId,
      };
    default:
      return undefined;
  }
}

/** The command that says these words. */
export function saying({ kind, content, model, role, regenerates, continues }: Words, id: string): Said {
  if (kind === 'message') return { type: 'message', id, content };
  if (continues !== undefined) return { type: 'ai-continue', id, answerId: continues };
  if (regenerates !== undefined) return { type: 'ai-regenerate', id, answerId: regenerates, model, role };
  return { type: 'ai-query', id, prompt: content, model, role };
}

/** The words alone, of something that has them and more. */
export const wordsOf = ({ kind, content, model, role, regenerates, continues }: Words): Words => ({
  kind,
  content,
  model,
  role,
  regenerates,
  continues,
});
