import type { ReactElement } from 'react';

/** Drawn for this app on a 24 grid, 2 wide strokes, round ends. A slash means off. */
const shapes = {
  mic: <path d="M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3ZM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21" />,
  micOff: (
    <path d="M15 9V6a3 3 0 0 0-5.7-1.3M9 9v2a3 3 0 0 0 4.6 2.5M5.5 11a6.5 6.5 0 0 0 10.3 5.3M18.5 11a6.4 6.4 0 0 1-.7 3M12 17.5V21M3.5 3.5l17 17" />
  ),
  camera: (
    <path d="M4.5 6h9A1.5 1.5 0 0 1 15 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 3 16.5v-9A1.5 1.5 0 0 1 4.5 6ZM15 10.5l6-3v9l-6-3" />
  ),
  cameraOff: (
    <path d="M9.5 6h4A1.5 1.5 0 0 1 15 7.5v4M15 16.5a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 3 16.5v-9c0-.7.5-1.3 1.1-1.450M16.5 11.5l4.5-4v9l-2-1M3.5 3.5l17 17" />
  ),
  phone: (
    <path d="M6.2 3.5h2.3l1.8 4.6-2 1.5a12 12 0 0 0 6.1 6.1l1.5-2 4.6 1.8v2.3a2.7 2.7 0 0 1-2.9 2.7A16.5 16.5 0 0 1 3.5 6.4 2.7 2.7 0 0 1 6.2 3.5Z" />
  ),
  hangup: (
    <path d="M12 9c-3.6 0-6.8 1.1-9 3.1l1.3 3.4 4-.9.5-2.5a14 14 0 0 1 6.4 0l.5 2.5 4 .9 1.3-3.4C18.8 10.1 15.6 9 12 9Z" />
  ),
  share: (
    <path d="M4.5 5h15A1.5 1.5 0 0 1 21 6.5v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 15.5v-9A1.5 1.5 0 0 1 4.5 5ZM8 20.5h8M12 14V8.5M9.5 10.8 12 8.3l2.5 2.5" />
  ),
  shareStop: (
    <path d="M4.5 5h15A1.5 1.5 0 0 1 21 6.5v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 15.5v-9A1.5 1.5 0 0 1 4.5 5ZM8 20.5h8M9.8 8.8l4.4 4.4M14.2 8.8l-4.4 4.4" />
  ),
  expand: <path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5" />,
  shrink: <path d="M9 4v5H4M15 4v5h5M9 20v-5H4M15 20v-5h5" />,
  more: <path d="M5 12h.01M12 12h.01M19 12h.01" strokeWidth="3" />,
  addPerson: (
    <path d="M10 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM3 20.5c0-3.3 3.1-5.5 7-5.5 1.4 0 2.8.3 3.9.8M18 14.5v6M15 17.5h6" />
  ),
  people: (
    <path d="M9 11.5a3.7 3.7 0 1 0 0-7.4 3.7 3.7 0 0 0 0 7.4ZM2.5 20c0-3.2 2.9-5.2 6.5-5.2s6.5 2 6.5 5.2M16 4.4a3.7 3.7 0 0 1 0 6.8M18 15.2c2.1.7 3.5 2.3 3.5 4.8" />
  ),
  person: <path d="M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c0-3.4 3.3-5.5 7.5-5.5s7.5 2.1 7.5 5.5" />,
  clock: <path d="M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 7.5V12l3 2" />,
  settings: (
    <path d="M4 7h9M17 7h3M4 17h3M11 17h9M15 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM9 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z" />
  ),
  search: <path d="M10.5 17.5a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20.5 20.5 15.6 15.6" />,
  close: <path d="M5.5 5.5l13 13M18.5 5.5l-13 13" />,
  back: <path d="M14.5 5 7.5 12l7 7" />,
  forward: <path d="M9.5 5l7 7-7 7" />,
  up: <path d="M6 14.5 12 8.5l6 6" />,
  down: <path d="M6 9.5l6 6 6-6" />,
  check: <path d="M5 12.5l4.5 4.5L19 7.5" />,
  plus: <path d="M12 5v14M5 12h14" />,
  minus: <path d="M5 12h14" />,
  out: <path d="M7 17 17 7M9 7h8v8" />,
  in: <path d="M17 7 7 17M15 17H7V9" />,
  missed: <path d="M4 7l8 7 8-7M4 12.5V7h5.5" />,
  warn: <path d="M12 4 2.8 19.5h18.4L12 4ZM12 10v4.5M12 17.2h.01" />,
  info: <path d="M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 11v5.5M12 7.8h.01" />,
  bell: <path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15L6 16.5ZM10 21h4" />,
  globe: (
    <path d="M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM3.5 12h17M12 3.5c2.5 2.4 3.7 5.2 3.7 8.5S14.5 18.1 12 20.5M12 3.5C9.5 5.9 8.3 8.7 8.3 12s1.2 6.1 3.7 8.5" />
  ),
  look: <path d="M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 3.5v17M12 8h6.5M12 12h8.5M12 16h6.5" />,
  keyboard: (
    <path d="M4.5 6h15A1.5 1.5 0 0 1 21 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 16.5v-9A1.5 1.5 0 0 1 4.5 6ZM7 10h.01M11 10h.01M15 10h.01M17.5 10h.01M8 14h8" />
  ),
  laptop: <path d="M6 5h12a1.5 1.5 0 0 1 1.5 1.5V15h-15V6.5A1.5 1.5 0 0 1 6 5ZM2.5 18.5h19" />,
  signOut: (
    <path d="M14 4.5H6A1.5 1.5 0 0 0 4.5 6v12A1.5 1.5 0 0 0 6 19.5h8M10 12h11M17.5 8.5 21 12l-3.5 3.5" />
  ),
  eye: (
    <path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 14.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6Z" />
  ),
  eyeOff: (
    <path d="M9.5 5.8c.8-.2 1.6-.3 2.5-.3 6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-2.6 3.4M6 7.5A15.8 15.8 0 0 0 2.5 12S6 18.5 12 18.5c1.8 0 3.4-.6 4.7-1.4M9.9 10a2.8 2.8 0 0 0 4 4M3.5 3.5l17 17" />
  ),
  block: <path d="M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM6 6l12 12" />,
  trash: <path d="M4.5 7h15M9 7V4.5h6V7M6.5 7l1 13h9l1-13M10 11v5M14 11v5" />,
  fit: (
    <path d="M4.5 5h15A1.5 1.5 0 0 1 21 6.5v11a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17.5v-11A1.5 1.5 0 0 1 4.5 5ZM7.5 9.5h9v5h-9z" />
  ),
  pip: (
    <path d="M11 18.5H4.5A1.5 1.5 0 0 1 3 17V7a1.5 1.5 0 0 1 1.5-1.5h15A1.5 1.5 0 0 1 21 7v4M13.5 13.5H21V19h-7.5z" />
  ),
  speaker: <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4ZM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11" />,
  offline: (
    <path d="M2.5 9a14 14 0 0 1 5-3M21.5 9A14 14 0 0 0 12 5.3M5.5 12.5A9.5 9.5 0 0 1 9 10.3M18.5 12.5a9.5 9.5 0 0 0-3.5-2.2M8.5 16a5 5 0 0 1 7 0M12 19.5h.01M3.5 3.5l17 17" />
  ),
} satisfies Record<string, ReactElement>;

export type IconName = keyof typeof shapes;

/** An icon beside words or inside a named button; readers do not hear it. */
export function Icon({ name, size = 24 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.9"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {shapes[name]}
    </svg>
  );
}
