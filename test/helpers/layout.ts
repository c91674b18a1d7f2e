import { everyElement } from './page.js';

interface Piece {
  readonly node: Node;
  readonly what: string;
  readonly rect: DOMRect;
}

/** How far boxes may reach over an edge or into each other, in CSS pixels: rounding, and the leading of lines. */
const SLACK = 1.5;
const LEADING = 5;

/** The element and what it is in, within its shadow root. */
const chain = (element: Element): Element[] => [element, ...ancestors(element)];

const isHidden = (element: Element) =>
  !element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) ||
  !!element.closest('svg, select, datalist') ||
  // Clipped away: for assistive technology alone.
  chain(element).some((one) => getComputedStyle(one).clipPath === 'inset(50%)') ||
  element.getClientRects().length === 0;

const describeIt = (element: Element) =>
  `<${element.localName}${element.className && typeof element.className === 'string' ? `.${element.className.trim().replace(/\s+/g, '.')}` : ''}>`;

function* textsOf(element: Element): Generator<Piece> {
  for (const node of element.childNodes) {
    if (!(node instanceof Text) || !node.data.trim()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects())
      if (rect.width > 1) yield { node, what: `“${node.data.trim().slice(0, 40)}”`, rect: visiblePart(rect, element) };
  }
}

/** What is left of a box inside the parts of the page that scroll or cut. */
function visiblePart(rect: DOMRect, within: Element): DOMRect {
  let { left, top, right, bottom } = rect;
  for (let one: Element | null = within; one; one = one.parentElement) {
    if (getComputedStyle(one).overflowY === 'visible') continue;
    const box = one.getBoundingClientRect();
    [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
    [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
  }
  return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
}

const ancestors = (element: Element): Element[] => (element.parentElement ? [element.parentElement, ...ancestors(element.parentElement)] : []);

const contains = (outer: Node, inner: Node) => outer === inner || outer.contains(inner);

/** Lays out what an engine leaves out until it is scrolled to, and says how to end that: until then its boxes are old ones. */
function layOutAll(root: Element): () => void {
  const left = [...everyElement(root)].filter((one): one is HTMLElement => getComputedStyle(one).contentVisibility === 'auto');
  for (const one of left) one.style.contentVisibility = 'visible';
  return () => left.forEach((one) => one.removeAttribute('style'));
}

/** What a person would see as broken: beyond the edge of the screen, cut off, or over something else. */
export function layoutProblems(root: Element): string[] {
  const end = layOutAll(root);
  try {
    return problemsIn(root);
  } finally {
    end();
  }
}

function problemsIn(root: Element): string[] {
  const problems = new Set<string>();
  const pieces: Piece[] = [];
  const width = document.documentElement.clientWidth;
  for (const element of [root, ...everyElement(root)]) {
    if (isHidden(element)) continue;
    const what = describeIt(element);
    const rect = element.getBoundingClientRect();
    // What is cut with an ellipsis is meant to be.
    const isCut = ancestors(element).some((one) => getComputedStyle(one).textOverflow === 'ellipsis');
    if (rect.width > 0 && !isCut && (rect.left < -SLACK || rect.right > width + SLACK))
      problems.add(`${what} from ${rect.left.toFixed()} to ${rect.right.toFixed()} of ${width}`);
    const style = getComputedStyle(element);
    const scrolls = ['auto', 'scroll'].includes(style.overflowX) && element.localName === 'pre';
    if (element.clientWidth > 0 && element.scrollWidth > element.clientWidth + SLACK && !scrolls && style.textOverflow !== 'ellipsis' && !element.matches('input'))
      problems.add(`${what} is ${element.clientWidth} wide for ${element.scrollWidth}: “${element.textContent.trim().replace(/\s+/g, ' ').slice(0, 40)}”`);
    pieces.push(...textsOf(element));
    if (element.matches('button, input, select, textarea')) pieces.push({ node: element, what, rect: visiblePart(rect, element) });
  }
  // A dialog or a menu lies over the page; only what is in it can be seen.
  const dialog = pieces.map(({ node }) => (node.parentElement ?? (node as Element)).closest('dialog:modal, :popover-open')).filter(Boolean).at(-1);
  const seen = dialog ? pieces.filter(({ node }) => contains(dialog, node)) : pieces;
  seen.forEach((one, index) => {
    for (const other of seen.slice(index + 1)) {
      if (contains(one.node, other.node) || contains(other.node, one.node)) continue;
      const across = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
      const down = Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top);
      if (across > SLACK && down > LEADING) problems.add(`${one.what} and ${other.what} overlap`);
    }
  });
  return [...problems];
}
