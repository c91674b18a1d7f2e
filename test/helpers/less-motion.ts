import { everyElement } from './page.js';

/** A style sheet as it is for a person who wants less motion. */
function forLessMotion({ cssRules }: CSSStyleSheet): CSSStyleSheet {
  const copy = new CSSStyleSheet();
  const text = [...cssRules].map(({ cssText }) => cssText).join('\n');
  copy.replaceSync(
    text.replaceAll('(prefers-reduced-motion: reduce)', 'all').replaceAll('(prefers-reduced-motion: no-preference)', 'not all'),
  );
  return copy;
}

/** Shows an element as to a person who wants less motion, in every engine: only one lets a test choose what a person prefers. */
export function wantLessMotion(element: Element): void {
  const copies = new Map<CSSStyleSheet, CSSStyleSheet>();
  for (const { shadowRoot } of [element, ...everyElement(element)]) {
    if (!shadowRoot) continue;
    shadowRoot.adoptedStyleSheets = shadowRoot.adoptedStyleSheets.map((sheet) => {
      if (!copies.has(sheet)) copies.set(sheet, forLessMotion(sheet));
      return copies.get(sheet)!;
    });
  }
}
