import type { Answer } from '../../react/index.ts';

/** In a sentence, how an answer ended; `by` is the name of who stopped it. */
export function endOf({ status, reason, intact }: Answer, by: string | undefined): string {
  const sentence = () => {
    switch (status) {
      case 'cancelled':
        return by ? `Stopped by ${by}.` : 'Stopped.';
      case 'failed':
        return `The answer failed. ${reason ?? ''}`;
      case 'interrupted':
        return `The answer was interrupted. ${reason ?? ''}`;
      case 'complete':
        return 'Answer complete.';
      default:
        return '';
    }
  };
  return `${sentence().trim()}${intact ? '' : ' Parts of it may be missing.'}`;
}
