import type { NewBreakouts } from './sdk.ts';

export type Assign = NewBreakouts['assign'];

/** What whoever opens breakout rooms has chosen so far. */
export interface BreakoutForm {
  count: string;
  assign: Assign;
  /** Minutes; empty for no limit. */
  minutes: string;
  /** By the person's number: which room, from 0; who is absent is in none. */
  places: ReadonlyMap<number, number>;
  /** By the room, from 0: what it is called, where that is said. */
  names: ReadonlyMap<number, string>;
}

export const newForm: BreakoutForm = {
  count: '2',
  assign: 'even',
  minutes: '',
  places: new Map(),
  names: new Map(),
};

const MOST = 50;

/** How many rooms; undefined for what is no such number. */
export function roomCount({ count }: BreakoutForm): number | undefined {
  const number = Number(count);
  return Number.isInteger(number) && number >= 1 && number <= MOST ? number : undefined;
}

export function withPlace(form: BreakoutForm, userId: number, room: number | undefined): BreakoutForm {
  const places = new Map(form.places);
  if (room === undefined) places.delete(userId);
  else places.set(userId, room);
  return { ...form, places };
}

export const withName = (form: BreakoutForm, room: number, name: string): BreakoutForm => ({
  ...form,
  names: new Map(form.names).set(room, name),
});

/** What a room is called: as said, or by its number from 1 on where nothing is. */
export const nameIn = ({ names }: BreakoutForm, room: number, numbered: (n: number) => string): string =>
  names.get(room)?.trim() || numbered(room + 1);

/** What is asked of the server; places in rooms that there are no more are none. */
export function askOf(form: BreakoutForm, numbered: (n: number) => string): NewBreakouts | undefined {
  const count = roomCount(form);
  if (count === undefined) return undefined;
  const { assign, minutes, places } = form;
  const rooms = Array.from({ length: count }, (_, index) => {
    const userIds = [...places].filter(([, room]) => room === index).map(([userId]) => userId);
    return { name: nameIn(form, index, numbered), ...(assign === 'manual' && { userIds }) };
  });
  return { rooms, assign, ...(minutes !== '' && { minutes: Number(minutes) }) };
}
