/** How long after it got the focus a control is kept in sight, in milliseconds: later it is the person who scrolls. */
const WHILE = 500;

/**
 * Scrolls to the control in a dialog that got the focus, where the browser did not. Firefox leaves one of which an edge can be
 * seen where it is; WebKitGTK now and then scrolls elsewhere.
 */
export function keepInSight(root: ShadowRoot): void {
  let control: Element | undefined;
  let until = 0;
  const look = (): void => {
    const body = control?.closest('.dialog-body');
    if (!body || performance.now() > until) return;
    const { top, bottom } = control!.getBoundingClientRect();
    const room = body.getBoundingClientRect();
    const middle = (top + bottom) / 2;
    if (middle < room.top || middle > room.bottom) control!.scrollIntoView({ block: 'nearest' });
  };
  root.addEventListener('focusin', ({ target }) => {
    control = target as Element;
    until = performance.now() + WHILE;
    // After the browser's own scrolling.
    requestAnimationFrame(look);
  });
  root.addEventListener('scroll', look, { capture: true, passive: true });
}
