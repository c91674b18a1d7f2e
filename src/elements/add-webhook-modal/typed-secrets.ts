/** Events that would tell the page what is typed into a secret field, character by character or as a whole. */
const tellingEvents =
  'input beforeinput textInput change keydown keypress keyup copy cut paste compositionstart compositionupdate compositionend ' +
  'dragstart drag dragend dragenter dragover dragleave drop';

/** Keys that type: a character, which may be of several units, or a step towards one (UI Events key values), with its place on the keyboard. */
const typing = /^(?:.|Compose|Dead|Process|Unidentified)$/su;

const stop = (event: Event): void => {
  const { target } = event;
  if (!(target instanceof Element) || !target.matches('.typed-secret')) return;
  // Keys that type nothing (Escape, Tab, Enter) are for the dialog and the page.
  if (event instanceof KeyboardEvent && !typing.test(event.key)) return;
  event.stopPropagation();
  // What is dragged is told to whatever it is dragged over.
  if (event.type === 'dragstart') event.preventDefault();
};

/** Keeps to the root what is typed into its secret fields. */
export function keepSecretsIn(root: ShadowRoot): void {
  for (const type of tellingEvents.split(' ')) root.addEventListener(type, stop);
}

/** Empties them at once, whatever has been rendered of the form's state so far. */
export function emptySecretsIn(root: ShadowRoot): void {
  for (const input of root.querySelectorAll<HTMLInputElement>('.typed-secret')) input.value = '';
}
