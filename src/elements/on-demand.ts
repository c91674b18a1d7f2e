// Everything that a list does not need before someone touches it; fetched as one file.
export { ModalDialog } from './add-webhook-modal/modal-dialog.js';
export { ListTools } from './webhook-settings/tools/list-tools.js';
