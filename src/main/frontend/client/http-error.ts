import { parseFrame } from './check.ts';
import type { ErrorFrame } from './frames.ts';

const codes: Record<number, string> = {
  401: 'unauthorized',
  403: 'not-allowed',
  413: 'too-long',
  429: 'rate-limited',
};

/** The `Retry-After` of a response in milliseconds, if it has one in seconds. */
export function retryAfter(response: Response): number | undefined {
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
}

/** The refusal that the server itself wrote into a response, or `undefined` if that came from something in between. */
export async function serverError(response: Response): Promise<ErrorFrame | undefined> {
  const frame = parseFrame(await response.text().catch(() => ''));
  return frame?.type === 'error' ? frame : undefined;
}

/** The refusal in a response that is not ok: the server's own, or one made up for what a proxy says. */
export async function errorOf(response: Response): Promise<ErrorFrame> {
  const { status } = response;
  return (
    (await serverError(response)) ?? {
      type: 'error',
      code: codes[status] ?? (status >= 500 ? 'unavailable' : 'bad-frame'),
      message: `The server answered ${status}.`,
      retryable: status === 429 || status >= 500,
      retryAfterMs: retryAfter(response),
    }
  );
}
