import { type RefObject, useEffect, useRef } from 'react';
import { stopFloating } from '../../../state/floating.ts';

interface PictureProps {
  stream: MediaStream;
  testId: string;
  className?: string | undefined;
  ref?: RefObject<HTMLVideoElement | null>;
}

/** A live picture without its sound. */
export function Picture({ stream, testId, className, ref }: PictureProps) {
  const own = useRef<HTMLVideoElement>(null);
  const video = ref ?? own;
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    element.srcObject = stream;
    // Muted pictures may always play; a newer stream aborts this one, which is no failure.
    element.play().catch(() => undefined);
    return () => {
      stopFloating(element);
      element.srcObject = null;
    };
  }, [stream, video]);
  return <video ref={video} data-testid={testId} className={className} autoPlay playsInline muted />;
}
