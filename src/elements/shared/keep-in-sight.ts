/** How long after a Tab the control that got the focus is kept in sight, in milliseconds: later it is the person who scrolls. */
const WHILE = 500;

/**
 * Scrolls to the control in a dialog that got the focus, where the browser did not. Firefox leaves one of which an edge can be
 * seen where it is; WebKitGTK now and then scrolls elsewhere after a Tab.
 */
export function keepInSight(root: ShadowRoot): void {
  let control: Element | undefined;
  let until = 0;
  const look = (): void => {
    const body = control?.closest('.dialog-body');
    if (!body) return;
    const { top, bottom } = control!.getBoundingClientRect();
    const room = body.getBoundingClientRect();
    const middle = (top + bottom) / 2;
    if (middle < room.top || middle > room.bottom) control!.scrollIntoView({ block: 'nearest' });
  };
  const watch = ({ type, key }: Event & { key?: string }): void => {
    until = type === 'keydown' && key === 'Tab' ? performance.now() + WHILE : 0;
  };
  for (const type of ['keydown', 'wheel', 'pointerdown']) root.addEventListener(type, watch, { capture: true, passive: true });
  root.addEventListener('focusin', ({ target }) => {
    control = target as Element;
    // After the browser's own scrolling.
    requestAnimationFrame(look);
  });
  root.addEventListener('scroll', () => performance.now() < until && look(), { capture: true, passive: true });
}
