import { useState } from 'react';
import type { Model } from '../../react/index.ts';
import { onMachine } from '../app/stored.ts';

const stored = onMachine('model');

/**
 * The model that one chose, remembered from room to room; where it is not to be had, the default. `asked` is its name
 * for a question, or nothing for the default, which may change while the page is open.
 */
export function useModel(models: readonly Model[]) {
  const [chosen, setChosen] = useState(() => stored.read());
  const [first] = models;
  const model = models.find(({ name }) => name === chosen) ?? first;
  const choose = (name: string) => {
    const wanted = name === first?.name ? undefined : name;
    stored.write(wanted);
    setChosen(wanted);
  };
  return { model: model?.name ?? '', asked: model === first ? undefined : model?.name, choose };
}
