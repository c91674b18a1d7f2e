/** Every part of the modal, handed on to the page with a prefix, so that it cannot be taken for one of the list. */
export const modalParts = [
  'base',
  'heading',
  'toolbar',
  'loading',
  'error',
  'dialog',
  'dialog-header',
  'dialog-body',
  'dialog-footer',
  'field',
  'label',
  'input',
  'select',
  'switch',
  'hint',
  'field-error',
  'organization',
  'save-button',
  'cancel-button',
  'close-button',
]
  .map((part) => `${part}:modal-${part}`)
  .join();
