/** An object as it came over the wire: anything may be in it. */
export type Json = Record<string, unknown>;

/** Takes from an object what it should hold, or nothing if that is not there. */
export type Read<T> = (from: Json) => T | undefined;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

export const number = (value: unknown) =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** A whole number from zero on, or `undefined`. */
export const whole = (value: unknown) =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;

/** The strings of a list. */
export const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];

/** The entries of a list that can be read; the others are left out, whatever they are. */
export function list<T>(value: unknown, read: Read<T>): T[] {
  const entries: T[] = [];
  for (const entry of Array.isArray(value) ? value : []) {
    const good = isObject(entry) ? read(entry) : undefined;
    if (good) entries.push(good);
  }
  return entries;
}
