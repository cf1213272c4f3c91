import type { TestProject } from 'vitest/node';
import { liveKitProgram } from './livekit-server.ts';

/** Builds the real LiveKit server, the first time, and says to all tests that rooms are carried by it. */
export function setup(project: TestProject): void {
  liveKitProgram();
  project.provide('engine', 'livekit');
}
