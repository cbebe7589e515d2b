import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { useRealtimeAI } from '../react/index.ts';

function Room() {
  const room = useRealtimeAI('lobby');
  return (
    <main>
      <p>{room.status}</p>
      <pre>{room.response}</pre>
      <button onClick={() => room.sendQuery('Hello')}>Ask</button>
    </main>
  );
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Room />
  </StrictMode>,
);
