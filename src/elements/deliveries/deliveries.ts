// What looks at requests and deliveries; fetched as one file when it is first asked for.
export { deliveryMessages } from '../../core/messages/deliveries.js';
export { deliveryStyles } from './deliveries.styles.js';
export { DeliveriesDialog } from './deliveries-dialog.js';
export { preview, type PreviewContext } from './preview-view.js';
export { TestDialog, type SendTest, type TestTarget } from './test-dialog.js';
