/** Two people and the line between them, in a speech shape. */
export function Logo({ size = 36 }: { size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 32 32">
      <path
        fill="var(--accent)"
        d="M13 3h6a10 10 0 0 1 10 10v3a10 10 0 0 1-10 10H6a3 3 0 0 1-3-3V13A10 10 0 0 1 13 3Z"
      />
      <g fill="var(--on-accent)">
        <circle cx="11" cy="14.5" r="2.2" />
        <circle cx="21" cy="14.5" r="2.2" />
        <rect x="11" y="13.7" width="10" height="1.6" />
      </g>
    </svg>
  );
}
