import type { ReactNode } from 'react';
import type { Loaded } from '../state/store.ts';
import { Failed } from './failed.tsx';
import { Skeleton } from './skeleton.tsx';

interface LoadedViewProps<T> {
  value: Loaded<T>;
  onRetry: () => void;
  children: (data: T) => ReactNode;
}

/** What was loaded, or its waiting or failing. Old data stays up while newer cannot be had. */
export function LoadedView<T>({ value, onRetry, children }: LoadedViewProps<T>) {
  if (value.data !== undefined) return <>{children(value.data)}</>;
  if (value.status === 'failed') return <Failed error={value.error} onRetry={onRetry} />;
  return <Skeleton />;
}
