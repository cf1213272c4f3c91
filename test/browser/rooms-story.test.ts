import { it } from 'vitest';
import { browserWorld } from '../support/browser-world.ts';
import { conference } from '../support/conference.ts';
import { roomStory } from '../support/room-story.ts';
import { EMBEDDED } from '../support/server.ts';

const world = browserWorld({ media: EMBEDDED });
const pages = conference(world);

it('a host’s room: the app’s page and LiveKit’s own components side by side; one is removed, one reconnects, it ends once', () =>
  roomStory(world, pages));
