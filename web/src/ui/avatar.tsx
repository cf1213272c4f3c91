import { useState } from 'react';
import style from './avatar.module.css';
import { classes } from './classes.ts';

interface AvatarProps {
  name: string;
  url?: string | null;
  size?: 32 | 40 | 64 | 96 | 128;
  online?: boolean;
  /** A ring around whoever speaks. */
  speaking?: boolean;
}

/** A picture or the first letters of a name. The name stands beside it, so readers skip it. */
export function Avatar({ name, url, size = 40, online, speaking }: AvatarProps) {
  const [broken, setBroken] = useState<string>();
  const src = url && /^https:\/\//.test(url) && broken !== url ? url : undefined;
  return (
    <span
      aria-hidden="true"
      className={classes(
        style.avatar,
        style[`s${size}`],
        style[`hue${hueOf(name)}`],
        speaking && style.speaking,
      )}
    >
      {src ? (
        <img
          className={style.picture}
          src={src}
          alt=""
          onError={() => setBroken(src)}
          referrerPolicy="no-referrer"
        />
      ) : (
        initials(name)
      )}
      {online !== undefined && <span className={classes(style.dot, online && style.online)} />}
    </span>
  );
}

/** One character of a Chinese name, else the first letters of the first and last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = [...(words[0] ?? '')][0] ?? '?';
  if (/\p{Script=Han}/u.test(first)) return first;
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  return (first + last).toUpperCase();
}

function hueOf(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return sum % 5;
}
