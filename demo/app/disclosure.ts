/** Makes a button with `aria-expanded` fold what it names in `aria-controls` (a style sheet may do the hiding). */
export function initDisclosure(button: HTMLElement, handleToggle?: (isOpen: boolean) => void): void {
  button.addEventListener('click', () => {
    const isOpen = button.ariaExpanded !== 'true';
    button.ariaExpanded = String(isOpen);
    handleToggle?.(isOpen);
  });
}
