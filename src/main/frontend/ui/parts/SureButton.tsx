import { useEffect, useState, type ComponentProps, type MouseEvent } from 'react';
import { Button } from './Button.tsx';

/** For so long (ms) it waits for the second click. */
const PATIENCE = 5_000;

interface Props extends Omit<ComponentProps<typeof Button>, 'onClick'> {
  /** What it says instead once it was clicked. */
  sure: string;
  act: () => void;
}

/** For what cannot be taken back: the first click asks, the second does it. */
export function SureButton({ sure, act, icon, children, 'aria-label': label, ...rest }: Props) {
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    if (!asking) return;
    const timer = setTimeout(() => setAsking(false), PATIENCE);
    return () => clearTimeout(timer);
  }, [asking]);
  const click = ({ detail }: MouseEvent) => {
    if (detail > 1) return; // The second of a double click is no answer.
    setAsking(!asking);
    if (asking) act();
  };
  return (
    <Button
      {...rest}
      icon={asking ? undefined : icon}
      aria-label={asking ? sure : label}
      onBlur={() => setAsking(false)}
      onClick={click}
    >
      {asking ? sure : children}
    </Button>
  );
}
