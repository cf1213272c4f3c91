import { useEffect, useRef } from 'react';
import { playVoice, setSpeaker } from '../../../state/audio-out.ts';
import { isLive } from '../../../state/call-view.ts';
import { current } from '../../../state/phone.ts';
import { prefs } from '../../../state/prefs.ts';
import { useStore } from '../../use-store.ts';

/** The voices of a call, on whatever page the person is. Pictures are drawn elsewhere, mute. */
export function AudioSinks() {
  const view = useStore(current);
  if (!isLive(view)) return null;
  return view.people.map((p) => p.stream && <Voice key={p.person.uid} stream={p.stream} />);
}

function Voice({ stream }: { stream: MediaStream }) {
  const element = useRef<HTMLAudioElement>(null);
  const speaker = useStore(prefs).audiooutput;
  useEffect(() => {
    return element.current ? playVoice(element.current, stream) : undefined;
  }, [stream]);
  useEffect(() => {
    if (element.current) void setSpeaker(element.current, speaker);
  }, [speaker]);
  // biome-ignore lint/a11y/useMediaCaption: a live voice has no captions.
  return <audio ref={element} autoPlay />;
}
