const ALLOWED = /^[\p{L}\p{M}\p{N}\-_.~:@]{1,80}$/u;

/** What was typed as the name of a room, made into one that servers take; `undefined` if nothing is left of it. */
export function cleanRoomName(typed: string): string | undefined {
  const name = typed.normalize('NFC').trim().replace(/\s+/g, '-');
  return ALLOWED.test(name) && !/^\.{1,2}$/.test(name) ? name : undefined;
}

/** What was typed as the name of a person, without what cannot be seen. */
export const cleanPersonName = (typed: string) =>
  typed.normalize('NFC').replace(/\p{C}/gu, '').replace(/\s+/g, ' ').trim();

const adjectives = [
  'quiet',
  'amber',
  'brisk',
  'clever',
  'gentle',
  'lucky',
  'misty',
  'silver',
  'sunny',
  'velvet',
];
const places = [
  'harbor',
  'garden',
  'meadow',
  'orchard',
  'summit',
  'lantern',
  'river',
  'studio',
  'terrace',
  'willow',
];
const pick = (from: readonly string[]) => from[Math.floor(Math.random() * from.length)]!;

/** A name for a room that nobody has thought of. */
export const freshRoomName = () =>
  `${pick(adjectives)}-${pick(places)}-${10 + Math.floor(Math.random() * 90)}`;

/** One or two letters that stand for a person. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
  return letters.map((word) => [...word][0]!.toUpperCase()).join('') || '?';
}

/** Whether a room is for those only to whom somebody gave a role. */
export const isPrivate = (room: string) => room.startsWith('~');
