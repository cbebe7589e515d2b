import { readFrame } from './check.ts';
import { HttpLink, type Reading } from './http-link.ts';
import { roomUrl, turnedAway } from './http.ts';
import type { Platform } from './platform.ts';
import { endedBecause, type Ended, type Target, type Transport } from './transport.ts';

/** The last choice, where proxies hold streams back: one request after the other. */
export const longPoll: Transport = {
  name: 'poll',
  open: (target, events) => new HttpLink(target, events, { read: readPolls, lasting: false }),
};

/** How long the server may hold a request, in milliseconds. */
const WAIT = 25_000;
/** Between two polls that bring something: so much of an answer comes as one chunk then. */
const BREATH = 30;
/** Between two polls that bring nothing although the server need not have answered yet. */
const IDLE = 1_000;

async function readPolls(reading: Reading): Promise<Ended | void> {
  const { signal, events, frame: take, target } = reading;
  let { since } = reading;
  let { told = 'ok', presence, role } = target;
  // The first answer comes at once, so that a resumed room is known to be there.
  for (let wait = 0; !signal.aborted; wait = WAIT) {
    const answer = await poll(reading, { since, told, presence, role }, wait);
    if (signal.aborted || answer === undefined) return;
    for (const entry of answer.events) {
      const frame = readFrame(entry);
      // The next poll may come to a server that does not know what this one told us.
      if (frame?.type === 'status') told = frame.state;
      if (frame?.type === 'joined') told = 'ok';
      // Nor does it know what of this came: an answer may be lost on its way.
      if (frame?.type === 'joined') [presence, role] = [frame.presence, frame.you.role];
      if (frame?.type === 'presence') presence = Math.max(presence ?? 0, frame.presence);
      if (frame?.type === 'you') ({ role } = frame);
      if (frame) take(frame);
      if (signal.aborted) return;
    }
    const moved = answer.position !== undefined && answer.position !== since;
    // Also where the last frame did not say it, everything up to here has come.
    if (moved) take({ type: 'other', position: answer.position });
    since = answer.position ?? since;
    if (answer.close !== undefined) return endedBecause(answer.close);
    if (wait === 0 && !signal.aborted) events.ready();
    await pause(moved ? BREATH : answer.took < wait / 2 ? IDLE : 0, signal, target.platform);
  }
}

/** One request; `undefined` if it was turned away, which the link has been told then. */
async function poll(
  { target, signal, events, session }: Reading,
  { since, told, presence, role }: Pick<Target, 'since' | 'told' | 'presence' | 'role'>,
  wait: number,
) {
  const { credentials, platform } = target;
  const asked = platform.now();
  const url = roomUrl(target, 'events', {
    since,
    session: session(),
    ...(since === undefined ? {} : { told, presence: presence?.toString(), role }),
    wait: String(wait),
  });
  const headers = { Accept: 'application/json' };
  const response = await credentials.fetch(url, { headers, signal, cache: 'no-store' });
  if (signal.aborted) return undefined;
  if (!response.ok) {
    await turnedAway(response, events);
    return undefined;
  }
  const body = ((await response.json()) ?? {}) as Record<string, unknown>;
  events.alive();
  return {
    events: Array.isArray(body.events) ? (body.events as unknown[]) : [],
    position: typeof body.position === 'string' ? body.position : undefined,
    close: body.close,
    took: platform.now() - asked,
  };
}

function pause(ms: number, signal: AbortSignal, platform: Platform): Promise<void> {
  if (ms === 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      platform.clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = platform.setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
