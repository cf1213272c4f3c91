import { type RefObject, useEffect, useRef } from 'react';
import { stopFloating } from '../../../state/floating.ts';
import { pictureSizes } from '../../../state/picture-size.ts';

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
  const track = stream.getVideoTracks()[0];
  useEffect(() => {
    const element = video.current;
    const sizes = track && pictureSizes.get(track);
    if (!element || !sizes) return;
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry?.contentRect ?? { width: 0, height: 0 };
      const fine = globalThis.devicePixelRatio;
      if (width > 0) sizes.shown(Math.round(width * fine), Math.round(height * fine));
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      sizes.hidden();
    };
  }, [track, video]);
  return <video ref={video} data-testid={testId} className={className} autoPlay playsInline muted />;
}
