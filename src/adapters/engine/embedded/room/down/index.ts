export { openQuality } from './quality.ts';
export { openSpeakers } from './speakers.ts';
export { type DownOptions, openSubscriptions } from './subscriptions.ts';
