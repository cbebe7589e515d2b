import { useState } from 'react';
import { askFor, type AskOptions, type Model } from '../../react/index.ts';
import { onMachine } from '../app/stored.ts';

const stored = onMachine('model');

/** How a choice is remembered: by what the model is there for, if for something, whichever that is then. */
const keyOf = ({ name, role }: Model) => (role === '' ? name : `role:${role}`);

/**
 * The model that one chose, remembered from room to room; where it is not to be had, the default. `asked` is what a
 * question says of it: nothing for the default, which may change while the page is open.
 */
export function useModel(models: readonly Model[]) {
  const [chosen, setChosen] = useState(() => stored.read());
  const [first] = models;
  const model = models.find((one) => keyOf(one) === chosen) ?? first;
  const choose = (one: Model) => {
    const wanted = one.name === first?.name ? undefined : keyOf(one);
    stored.write(wanted);
    setChosen(wanted);
  };
  const asked: AskOptions = !model || model === first ? {} : askFor(model);
  return { model, asked, choose };
}
