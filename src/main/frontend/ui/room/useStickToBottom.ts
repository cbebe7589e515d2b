import { useCallback, useEffect, useRef, useState } from 'react';

/** This near to the bottom (px) counts as being there. */
const NEAR = 24;

/**
 * Keeps a scrolling box at its bottom while its content grows, but only as long as the reader is there: who scrolled
 * up to read is left in peace. `active`: whether there is anything to follow.
 */
export function useStickToBottom(active: boolean) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const sticks = useRef(true);
  const [atBottom, setAtBottom] = useState(true);

  const toBottom = useCallback(() => {
    sticks.current = true;
    setAtBottom(true);
    const box = scroller.current;
    if (box) box.scrollTop = box.scrollHeight;
  }, []);

  useEffect(() => {
    const box = scroller.current;
    if (!active || !box || !content.current) return;
    let before = box.scrollTop;
    const scrolled = () => {
      const near = box.scrollHeight - box.scrollTop - box.clientHeight <= NEAR;
      // Upwards is a wish to read, be it only a line; content that shrinks also scrolls up, but ends near.
      sticks.current = near || (sticks.current && box.scrollTop >= before);
      before = box.scrollTop;
      setAtBottom(sticks.current);
    };
    const grew = new ResizeObserver(() => {
      if (sticks.current) box.scrollTop = box.scrollHeight;
    });
    box.addEventListener('scroll', scrolled, { passive: true });
    grew.observe(box);
    grew.observe(content.current);
    return () => {
      box.removeEventListener('scroll', scrolled);
      grew.disconnect();
    };
  }, [active]);

  return { scroller, content, atBottom, toBottom };
}
