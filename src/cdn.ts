// The file for a script tag. It exports what a page needs to speak to the elements; the rules, which only the form and
// servers need, are in core.js beside it, so that a list does not have to load them.
import './define.js';

export { AddWebhookModal } from './elements/add-webhook-modal/add-webhook-modal.js';
export { WebhookSettings, type Access } from './elements/webhook-settings/webhook-settings.js';
export * from './events/index.js';
export * from './core/secret.js';
export * from './core/event-type.js';
export * from './core/organization.js';
export * from './core/header.js';
export * from './core/webhook.js';
export * from './core/page.js';
export * from './core/auth/index.js';
export * from './core/adapter-error.js';
export * from './core/checked-adapter.js';
export * from './core/messages/message.js';
export { createMemoryAdapter } from './adapters/memory.js';
export { createLocalAdapter } from './adapters/local.js';
export { createRestAdapter } from './adapters/rest.js';
