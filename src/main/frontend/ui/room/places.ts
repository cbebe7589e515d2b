const rules = new Intl.PluralRules('en', { type: 'ordinal' });
const endings: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };

/** 1st, 2nd, 3rd, 4th … */
export const ordinal = (n: number) => `${n}${endings[rules.select(n)] ?? 'th'}`;

/** Where a question stands. */
export const placeOf = (place: number) => (place === 1 ? 'next in line' : `${ordinal(place)} in line`);
