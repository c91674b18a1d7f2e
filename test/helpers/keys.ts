import { sendKeys } from '@web/test-runner-commands';

/** Presses and lets go of a key, named as in `KeyboardEvent.key`, the space bar also “Space”. */
export const pressKey = (key: string): Promise<void> =>
  // Puppeteer knows “Space” in Chromium only.
  sendKeys({ press: key === 'Space' ? ' ' : key });

/** Goes on with Tab until the focus is in the page: in Firefox the browser's own controls are among the stops. */
export async function tabIntoPage(): Promise<void> {
  while (!document.hasFocus()) await pressKey('Tab');
}
