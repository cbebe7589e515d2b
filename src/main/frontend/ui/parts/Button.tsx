import type { ButtonHTMLAttributes } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import styles from './Button.module.css';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `primary`: what one is here for; `plain`: the rest; `quiet`: without a frame. */
  look?: 'primary' | 'plain' | 'quiet';
  icon?: IconName;
  small?: boolean;
}

export function Button({ look = 'plain', icon, small, children, className = '', ...rest }: Props) {
  const classes = [styles.button, styles[look], small && styles.small, !children && styles.square, className];
  return (
    <button type="button" className={classes.filter(Boolean).join(' ')} {...rest}>
      {icon && <Icon name={icon} size={small ? 16 : 18} />}
      {children}
    </button>
  );
}
