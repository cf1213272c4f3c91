import { useEffect, useState } from 'react';
import { clock } from '../../../i18n/format.ts';

/** How long a call has been going on. */
export function Duration({ since }: { since: Date }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return (
    <span className="tabular" role="timer" data-testid="call-duration">
      {clock((now - since.getTime()) / 1000)}
    </span>
  );
}
