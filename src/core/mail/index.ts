export { MailQueue } from './mail-queue.ts';
export { Seal } from './seal.ts';
