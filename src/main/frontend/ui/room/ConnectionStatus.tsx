import type { Status, TransportName } from '../../react/index.ts';
import styles from './ConnectionStatus.module.css';

const ways: Record<TransportName, { text: string; why?: string }> = {
  websocket: { text: 'Live' },
  sse: {
    text: 'Live, over events',
    why: 'WebSockets do not get through here, so the room comes as server-sent events.',
  },
  poll: {
    text: 'Live, by polling',
    why: 'Neither WebSockets nor streams get through here, so the room is asked again and again.',
  },
};

const states: Record<Exclude<Status, 'connected'>, string> = {
  connecting: 'Connecting…',
  reconnecting: 'Reconnecting…',
  closed: 'Disconnected',
};

/** How the room is reached, in as few words as possible. */
export function ConnectionStatus({
  status,
  transport,
}: {
  status: Status;
  transport: TransportName | undefined;
}) {
  const { text, why } =
    status === 'connected' ? ways[transport ?? 'websocket'] : { text: states[status], why: undefined };
  return (
    <p role="status" className={styles.status} data-status={status} title={why}>
      <span className={styles.text}>{text}</span>
    </p>
  );
}
