import { useTheme, type Theme } from '../app/theme.ts';
import { Button } from './Button.tsx';
import type { IconName } from './Icon.tsx';

const icons: Record<Theme, IconName> = { system: 'screen', light: 'sun', dark: 'moon' };
const names: Record<Theme, string> = { system: 'as the system', light: 'light', dark: 'dark' };

export function ThemeToggle() {
  const { theme, next } = useTheme();
  const label = `Colours: ${names[theme]}. Change`;
  return <Button look="quiet" icon={icons[theme]} aria-label={label} title={label} onClick={next} />;
}
