import { useLocalParticipant } from '@livekit/components-react';
import { useMemo } from 'react';

/** What one's own microphone gives, as a stream to be measured. */
export function useOwnStream(): MediaStream | undefined {
  const { microphoneTrack } = useLocalParticipant();
  const track = microphoneTrack?.track?.mediaStreamTrack;
  return useMemo(() => track && new MediaStream([track]), [track]);
}
