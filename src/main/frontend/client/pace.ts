import type { Room } from './room.ts';
import type { RoomView } from './view.ts';

/** A page that is not looked at draws no frames; it is told after so long (ms) instead. */
const UNSEEN = 250;

/**
 * Like `room.subscribe`, but at most once per animation frame however fast the tokens come; `listener` gets the view
 * to draw. Returns how to stop that.
 */
export function perFrame(room: Room, listener: (view: RoomView) => void): () => void {
  let frame: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const forget = () => {
    if (frame !== undefined) globalThis.cancelAnimationFrame?.(frame);
    clearTimeout(timer);
    frame = timer = undefined;
  };
  const draw = () => {
    forget();
    listener(room.view);
  };
  const stop = room.subscribe(() => {
    if (timer !== undefined) return;
    frame = globalThis.requestAnimationFrame?.(draw);
    timer = setTimeout(draw, UNSEEN);
  });
  return () => {
    stop();
    forget();
  };
}
