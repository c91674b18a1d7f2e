/** Tabs by the ARIA pattern: one stop in the Tab order, arrow keys, Home and End; what has the focus is selected. */
export function initTabs(list: HTMLElement): void {
  const tabs = [...list.querySelectorAll<HTMLElement>('[role=tab]')];

  const select = (chosen: HTMLElement): void => {
    for (const tab of tabs) {
      const isChosen = tab === chosen;
      tab.ariaSelected = String(isChosen);
      tab.tabIndex = isChosen ? 0 : -1;
      document.getElementById(tab.getAttribute('aria-controls')!)!.hidden = !isChosen;
    }
  };

  list.addEventListener('click', ({ target }) => {
    const tab = (target as Element).closest<HTMLElement>('[role=tab]');
    if (tab) select(tab);
  });

  list.addEventListener('keydown', (event) => {
    const index = tabs.indexOf(event.target as HTMLElement);
    const forward = getComputedStyle(list).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const backward = forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
    const next = new Map([
      [forward, tabs[index + 1] ?? tabs[0]],
      [backward, tabs.at(index - 1)],
      ['Home', tabs[0]],
      ['End', tabs.at(-1)],
    ]).get(event.key);
    if (!next) return;
    event.preventDefault();
    select(next);
    next.focus();
  });
}
