import { LiveKitRoom, VideoConference } from '@livekit/components-react';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

/** LiveKit's ready-made conference as its documentation shows it; the address says where and who. */
const query = new URLSearchParams(location.search);
const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
createRoot(root).render(
  createElement(
    LiveKitRoom,
    {
      serverUrl: query.get('url') ?? '',
      token: query.get('token') ?? '',
      video: true,
      audio: true,
      options: { adaptiveStream: true, dynacast: true },
      onError: (error: Error) => {
        document.title = `error: ${error.message}`;
      },
    },
    createElement(VideoConference),
  ),
);
