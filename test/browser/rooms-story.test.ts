import { it } from 'vitest';
import { roomsWorld } from '../support/browser-world.ts';
import { conference } from '../support/conference.ts';
import { roomStory } from '../support/room-story.ts';

const world = roomsWorld();
const pages = conference(world);

it('a host’s room: the app’s page and LiveKit’s own components side by side; one is removed, one reconnects, it ends once', () =>
  roomStory(world, pages));
