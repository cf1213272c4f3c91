import { useState } from 'react';
import { type ContactDeed, doContact } from '../../../state/contacts.ts';
import { problemOf } from '../../../state/errors.ts';
import type { Person } from '../../../state/sdk.ts';
import { toast } from '../../../state/toasts.ts';

/** Does something with a contact; says whether it is under way, and what went wrong. */
export function useDeed(): { busy: boolean; run: (deed: ContactDeed, person: Person) => Promise<boolean> } {
  const [busy, setBusy] = useState(false);
  const run = async (deed: ContactDeed, person: Person) => {
    setBusy(true);
    try {
      await doContact(deed, person);
      return true;
    } catch (error) {
      toast('danger', problemOf(error).title);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, run };
}
