export { AddWebhookModal } from './elements/add-webhook-modal/add-webhook-modal.js';
export { WebhookSettings, type Access } from './elements/webhook-settings/webhook-settings.js';
export type { EventSelection } from './elements/shared/context.js';
export * from './events/index.js';
export * from './core/index.js';
