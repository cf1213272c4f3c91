export { openDocs } from './docs.ts';
export { addHealth } from './health.ts';
export { Metrics } from './metrics.ts';
export { addReady } from './ready.ts';
