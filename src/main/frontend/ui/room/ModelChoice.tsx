import type { Model } from '../../react/index.ts';
import styles from './ModelChoice.module.css';

interface Props {
  models: readonly Model[];
  /** The name of the one that is asked. */
  value: string;
  choose: (model: string) => void;
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
      value={value}
      onChange={({ target }) => choose(target.value)}
    >
      {models.map((model) => (
        <option key={model.name} value={model.name}>
          {labelOf(model)}
        </option>
      ))}
    </select>
  );
}
