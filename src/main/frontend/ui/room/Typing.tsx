import type { Person } from '../../react/index.ts';
import styles from './Typing.module.css';

interface Props {
  typing: readonly string[];
  members: readonly Person[];
  you: string | undefined;
}

function sentence(names: readonly string[]): string {
  if (names.length === 0) return '';
  if (names.length === 1) return `${names[0]} is writing…`;
  return names.length === 2 ? `${names[0]} and ${names[1]} are writing…` : 'Several people are writing…';
}

/** Says who is writing. Its place is kept, so that nothing jumps. */
export function Typing({ typing, members, you }: Props) {
  const names = typing
    .filter((userId) => userId !== you)
    .map((userId) => members.find((member) => member.userId === userId)?.name ?? 'Somebody');
  return <p className={styles.typing}>{sentence(names)}</p>;
}
