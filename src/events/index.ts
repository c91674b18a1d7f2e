export * from './webhook-created-event.js';
export * from './webhook-updated-event.js';
export * from './webhook-deleted-event.js';
export * from './webhook-error-event.js';
export * from './webhook-modal-close-event.js';
export * from './webhook-submit-event.js';
export * from './webhook-view-change-event.js';
