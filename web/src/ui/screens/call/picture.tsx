import { useEffect, useRef } from 'react';

interface PictureProps {
  stream: MediaStream;
  testId: string;
  className?: string | undefined;
}

/** A live picture without its sound. */
export function Picture({ stream, testId, className }: PictureProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    element.srcObject = stream;
    // Muted pictures may always play; a newer stream aborts this one, which is no failure.
    element.play().catch(() => undefined);
    return () => {
      element.srcObject = null;
    };
  }, [stream]);
  return <video ref={video} data-testid={testId} className={className} autoPlay playsInline muted />;
}
