import { useEffect, useState } from 'react';

/** The time in milliseconds, anew each second for as long as that matters. */
export function useNow(matters: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!matters) return;
    const look = () => setNow(Date.now());
    const first = setTimeout(look, 0); // It may have stood still for long.
    const timer = setInterval(look, 1_000);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [matters]);
  return now;
}
