import { everyElement } from './page.js';

/** Once the view has been drawn, and what moves or fades in it has ended: before, places and colours are those of a moment. */
export async function atRest(element: Element): Promise<void> {
  await new Promise(requestAnimationFrame);
  const roots = [element, ...everyElement(element)].flatMap(({ shadowRoot }) => shadowRoot ?? []);
  // What breathes while it loads never ends.
  const ending = roots.flatMap((root) => root.getAnimations()).filter((one) => one.effect?.getTiming().iterations !== Infinity);
  await Promise.all(ending.map(({ finished }) => finished.catch(() => undefined)));
}
