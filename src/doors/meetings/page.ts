import type { TSchema } from 'typebox';
import { Type } from 'typebox';
import { WholeNumber } from '../whole-number.ts';

const SIZE = 20;

/** How the contract asks for a page: from 1, 20 a page, 100 at most. */
export const Paging = {
  page: Type.Optional(WholeNumber({ minimum: 1, maximum: 1_000_000, default: 1 })),
  page_size: Type.Optional(WholeNumber({ minimum: 1, maximum: 100, default: SIZE })),
};

interface PageAsked {
  page?: number;
  page_size?: number;
}

export const pageOf = ({ page = 1, page_size: size = SIZE }: PageAsked) => ({
  limit: size,
  offset: (page - 1) * size,
});

/** A list under its contract's name, with where in it this is. */
export const Listed = <N extends string, S extends TSchema>(name: N, item: S) =>
  Type.Object({
    ...({ [name]: Type.Array(item) } as Record<N, ReturnType<typeof Type.Array<S>>>),
    total: Type.Integer({ minimum: 0 }),
    page: Type.Integer({ minimum: 1 }),
    page_size: Type.Integer({ minimum: 1 }),
  });

export const listed = <N extends string, T>(
  name: N,
  items: T[],
  total: number,
  { page = 1, page_size: size = SIZE }: PageAsked,
) => ({ ...({ [name]: items } as Record<N, T[]>), total, page, page_size: size });
