import type { Answer } from '../../react/index.ts';

/** What whoever runs the server has to look at: no asking helps. */
const THEIRS = ['model-unauthorized', 'model-not-found'];
/** What the model does not want to answer. */
const UNWANTED = ['model-refused', 'model-declined'];

export const isOver = ({ status }: Answer) => status !== 'sending' && status !== 'running';

/** Whether the model came to its length limit, or the server's for an answer. */
const cutShort = ({ finish, code }: Answer) => finish === 'length' || code === 'answer-too-long';

/** Whether the model ended it before its end, of which alone it says why; what is filtered it will not go on with. */
const endedEarly = ({ finish }: Answer) => !!finish && finish !== 'content_filter';

/** Whether there is more to be said than is there. */
export const breaksOff = (answer: Answer) =>
  isOver(answer) && answer.text !== '' && (answer.status !== 'complete' || endedEarly(answer));

/** Whether asking the same again may help, for all that is known. */
export function mayHelp({ status, code = '', retryable }: Answer): boolean {
  if (status !== 'failed') return true;
  return retryable ?? ![...THEIRS, ...UNWANTED].includes(code);
}

/** What there is to do about one that failed, if it is not to ask again. */
function advice(answer: Answer): string {
  const { code = '' } = answer;
  if (mayHelp(answer) || cutShort(answer)) return '';
  if (THEIRS.includes(code))
    return 'Asking again will not help until whoever runs this server has looked at it.';
  return UNWANTED.includes(code) ? 'Other words may help.' : 'Asking again will not help.';
}

function sentence(answer: Answer, by: string | undefined): string {
  const { status, reason = '', finish, text, by: userId } = answer;
  switch (status) {
    case 'cancelled':
      if (by) return `Stopped by ${by}.`;
      return userId === undefined ? 'Stopped, as nobody was left to read it.' : 'Stopped.';
    case 'failed':
      return cutShort(answer) ? 'As long as an answer may be.' : `The answer failed. ${reason}`;
    case 'interrupted':
      return `The answer was interrupted. ${reason}`;
    case 'complete':
      if (finish === 'length') return 'The length limit was reached.';
      if (finish === 'content_filter') return 'The content filter of the model ended it here.';
      if (finish) return `The model ended it (${finish}).`;
      return text === '' ? 'The model said nothing.' : 'Answer complete.';
    default:
      return '';
  }
}

/** In a few words, how an answer ended; `by` is the name of who stopped it. */
export function endOf(answer: Answer, by: string | undefined): string {
  const parts = [
    sentence(answer, by).trim(),
    breaksOff(answer) ? 'It breaks off here.' : '',
    answer.intact ? '' : 'Parts of it may be missing.',
    advice(answer),
  ];
  return parts.filter(Boolean).join(' ');
}

/** Whether its end needs saying: the others are all there and speak for themselves. */
export const needsSaying = (answer: Answer) =>
  isOver(answer) &&
  (answer.status !== 'complete' ||
    !answer.intact ||
    answer.text === '' ||
    breaksOff(answer) ||
    answer.finish === 'content_filter');
