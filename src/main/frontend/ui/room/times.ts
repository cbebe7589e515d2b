const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });

/** The time of day, as the reader writes it. */
export const clockOf = (time: number) => clock.format(time);

/** The day, as the reader writes it. */
export const dayOf = (time: number) => day.format(time);

export const isoOf = (time: number) => new Date(time).toISOString();
