import { workerBin } from '../../src/adapters/engine/embedded/worker-bin.ts';

const found = workerBin(process.env.MEDIASOUP_WORKER_BIN);

/** The worker that the set-up made, or the one that somebody tries out; what a media plane is told of it. */
export const SET_UP_WORKER = found ? { workerBin: found.path } : {};
