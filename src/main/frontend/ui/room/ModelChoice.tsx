import type { Model } from '../../react/index.ts';
import styles from './ModelChoice.module.css';

interface Props {
  models: readonly Model[];
  /** The one that is asked. */
  value: Model | undefined;
  choose: (model: Model) => void;
}

const labelOf = ({ name, role }: Model) => (role && role !== 'default' ? `${name} (${role})` : name);

/** Which model is asked. Nothing where there is no choice. */
export function ModelChoice({ models, value, choose }: Props) {
  if (models.length < 2) return null;
  return (
    <select
      className={styles.choice}
      aria-label="Model"
      title="The model that is asked"
      value={value?.name}
      onChange={({ target }) => {
        const chosen = models.find(({ name }) => name === target.value);
        if (chosen) choose(chosen);
      }}
    >
      {models.map((model) => (
        <option key={model.name} value={model.name}>
          {labelOf(model)}
        </option>
      ))}
    </select>
  );
}
