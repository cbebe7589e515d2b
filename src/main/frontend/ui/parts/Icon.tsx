const paths = {
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6.5 9c0-3.3 2.9-5.5 6.5-5.5s6.5 2.2 6.5 5.5M16 4.4a3.5 3.5 0 0 1 0 6.2M18 15c2.1.8 3.5 2.6 3.5 5',
  link: 'M10 14a4 4 0 0 0 6 .4l3.5-3.5a4 4 0 0 0-5.7-5.7L12.5 6.5M14 10a4 4 0 0 0-6-.4l-3.5 3.5a4 4 0 0 0 5.7 5.7l1.3-1.3',
  check: 'M5 12.5 10 17.5 19.5 7',
  copy: 'M9 9h10v11H9zM15 9V4H5v11h4',
  down: 'M12 5v14M6 13l6 6 6-6',
  stop: 'M7 7h10v10H7z',
  spark: 'M12 3.5 13.9 9.6 20 12l-6.1 2.4L12 20.5l-1.9-6.1L4 12l6.1-2.4z',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
  moon: 'M20 14.5A8.3 8.3 0 0 1 9.5 4 8.3 8.3 0 1 0 20 14.5Z',
  screen: 'M4 5h16v11H4zM9 20h6M12 16v4',
  close: 'M6 6l12 12M18 6 6 18',
  arrow: 'M5 12h14M13 6l6 6-6 6',
  say: 'M4 5h16v11H10l-4.5 4v-4H4z',
  languages:
    'M4 6h9M8.5 4v2M11.5 6c-.8 4-3.5 7-7 8.5M6 9c1.2 2.4 3.4 4.4 6 5.5M12.5 20 16.5 10.5 20.5 20M14 16.8h5',
  code: 'M8.5 7 3.5 12l5 5M15.5 7l5 5-5 5',
  pen: 'M4 20l1-4.5L16 4.5 19.5 8 8.5 19 4 20ZM13.5 7l3.5 3.5',
  again: 'M19.5 12a7.5 7.5 0 1 1-2.3-5.4M19.5 3.5V8H15',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  bin: 'M5 7h14M9.5 7V4.5h5V7M7 7l.8 12.5h8.4L17 7M10.3 10.5v5.5M13.7 10.5v5.5',
  warn: 'M12 4 2.8 19.5h18.4zM12 10v4.5M12 17v.1',
  cut: 'M3 12h4M10 12h4M17 12h4M12 4v3M12 17v3',
  models: 'M12 3.5 20.5 8 12 12.5 3.5 8zM3.5 12.5 12 17l8.5-4.5M3.5 16.5 12 21l8.5-4.5',
  leave: 'M14 4H5v16h9M10 12h10.5M17 8.5l3.5 3.5-3.5 3.5',
} as const;

export type IconName = keyof typeof paths;

/** A picture beside words that say the same, so nothing to read aloud. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={paths[name]} />
    </svg>
  );
}

/** The sign of the house. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 32 32">
      <rect width="32" height="32" rx="9" fill="#0d6659" />
      <circle cx="16" cy="16" r="3.2" fill="#fff" />
      <path
        d="M10.8 10.8a7.3 7.3 0 0 0 0 10.4M21.2 10.8a7.3 7.3 0 0 1 0 10.4M7 7a12.7 12.7 0 0 0 0 18M25 7a12.7 12.7 0 0 1 0 18"
        fill="none"
        stroke="#fff"
        strokeWidth="2.2"
        strokeLinecap="round"
      />
    </svg>
  );
}
