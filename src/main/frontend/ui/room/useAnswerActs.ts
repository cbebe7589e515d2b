import { useMemo } from 'react';
import { askFor, Refused, type Answer, type Model, type RealtimeAI } from '../../react/index.ts';
import type { AnswerActs } from './AnswerItem.tsx';

/** What one may do with answers. What goes wrong is in the room's `error`. */
export function useAnswerActs(
  { stop, ask, regenerate, continueAnswer }: RealtimeAI,
  toBottom: () => void,
  asked: () => void,
): AnswerActs {
  return useMemo(() => {
    const anew = ({ answerId = '', prompt }: Answer, model?: Model) => {
      const wanted = model && askFor(model);
      return regenerate(answerId, wanted).catch((why: unknown) => {
        // Too long ago for the server to know: then it is a question like any other.
        if (why instanceof Refused && why.code === 'no-such-answer') return ask(prompt, wanted);
        throw why;
      });
    };
    return {
      stop,
      again(answer, model) {
        toBottom();
        anew(answer, model).then(asked, () => {});
      },
      async goOn(answerId) {
        toBottom();
        await continueAnswer(answerId);
        asked();
      },
    };
  }, [stop, ask, regenerate, continueAnswer, toBottom, asked]);
}
