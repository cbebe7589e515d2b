import type { ReactNode } from 'react';
import { Logo } from './Icon.tsx';
import styles from './Plain.module.css';

/** A page with one thing to say. */
export function Plain({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <Logo size={40} />
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}
