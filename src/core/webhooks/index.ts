export type { DeadDelivery, Webhook } from './webhooks.ts';
export { addWebhook, deadOf, getWebhook, listWebhooks, removeWebhook, replayWebhook } from './webhooks.ts';
