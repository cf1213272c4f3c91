import { createContext, useContext } from 'react';

/** The ground that menus and dialogs lie on: they leave the page's tree, and the dark stage with it. */
export const Ground = createContext<'dark' | undefined>(undefined);

/** What an overlay wears to match the screen that opened it. */
export function useGround(): { 'data-theme'?: 'dark' } {
  const ground = useContext(Ground);
  return ground ? { 'data-theme': ground } : {};
}
