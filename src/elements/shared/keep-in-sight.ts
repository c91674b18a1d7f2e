/** How long after it got the focus a control is kept in sight, in milliseconds: later it is the person who scrolls. */
const WHILE = 500;
/** How much of it is to be in sight. */
const threshold = 0.5;

/**
 * Scrolls to the control in a dialog that got the focus, where the browser did not. Firefox leaves one of which an edge can be
 * seen where it is; WebKitGTK now and then scrolls elsewhere.
 */
export function keepInSight(root: ShadowRoot): void {
  root.addEventListener('focusin', ({ target }) => {
    const control = target as Element;
    if (!control.closest('.dialog-body')) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry!.intersectionRatio >= threshold) return;
        control.scrollIntoView({ block: 'nearest' });
        // Looks again: it tells of changes only.
        observer.unobserve(control);
        observer.observe(control);
      },
      { threshold },
    );
    observer.observe(control);
    setTimeout(() => observer.disconnect(), WHILE);
  });
}
