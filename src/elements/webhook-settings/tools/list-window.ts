import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { firstRows, MOST_ROWS } from '../list-view.js';

/** Rows beyond each edge of the screen, so that a scroll or the Tab key finds them there. */
const SPARE = 12;

/** The place of a row in the list. */
const indexOf = (row: HTMLElement): number => Number(row.ariaRowIndex) - 2;

/**
 * Keeps only those rows of a long list in the document that are near the screen. The others are stood in for by padding: as
 * high as they were when they were there, or else as rows are in which nothing is out of the ordinary. Where that was wrong
 * the list is scrolled by as much, so that what is on screen does not move.
 */
export class ListWindow implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #count = 0;
  #start = 0;
  #end = firstRows();
  /** Of the lowest row. Where nothing is shown there is none. */
  #height = 0;
  /** Of the rows that have been there, by their place. */
  #heights: number[] = [];
  /** A row on screen, where it was when one looked, and what is scrolled there, how far. */
  #held: { readonly row: HTMLElement; readonly top: number; readonly scroller: Element; readonly scrolled: number } | undefined;
  /** False once one has looked, and nothing around the list was scrolled: to look takes a layout. */
  #mayBeScrolled = true;
  /** Whether the update to come may move that row. */
  #isMoving = false;
  /** How wide the list is. */
  #width = 0;
  #frame = 0;
  readonly #observer = new ResizeObserver(([entry]) => this.#handleResize(entry!.contentRect.width));
  /** Rows also come into sight, and go, where nobody scrolls: the window grows, what is above the list goes. */
  readonly #sight = new IntersectionObserver(() => this.#handleScroll(), { threshold: [0, 1] });

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
    host.addEventListener('keydown', this.#handleKeydown);
  }

  hostConnected(): void {
    // Whatever scrolls: the page, or something in it that the list is in.
    addEventListener('scroll', this.#handleScroll, true);
    this.#mayBeScrolled = true;
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    removeEventListener('scroll', this.#handleScroll, true);
    this.#observer.disconnect();
    this.#sight.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  /** Which of so many rows to render. Those of the render before are still in the document. */
  range(count: number): readonly [start: number, end: number] {
    const isLong = count > MOST_ROWS;
    // Of those that were there before it nothing is known.
    if (this.#count && count !== this.#count) this.#expectMoves(isLong !== this.#count > MOST_ROWS);
    this.#count = count;
    if (!isLong) return [0, count];
    this.#start = Math.min(this.#start, Math.max(0, count - firstRows()));
    this.#end = Math.min(this.#end, count);
    return [this.#start, this.#end];
  }

  get #rows(): HTMLElement | null | undefined {
    return this.#host.shadowRoot?.querySelector<HTMLElement>('.rows');
  }

  get #there(): HTMLElement[] {
    return [...(this.#rows?.children ?? [])] as HTMLElement[];
  }

  hostUpdated(): void {
    const isHeld = this.#isMoving && !!this.#held;
    if (isHeld && !this.#height) this.#measure();
    this.#pad();
    if (isHeld) this.#putBack();
    this.#isMoving = false;
    this.#sight.disconnect();
    if (this.#count > MOST_ROWS) for (const row of this.#there) this.#sight.observe(row);
    // Measured with the next frame: to measure is to lay out.
    this.#followSoon();
  }

  /** Rows are higher in a narrow list, and have no height where it is hidden. */
  #handleResize = (width: number): void => {
    if (width === this.#width) return;
    this.#width = width;
    this.#height = 0;
    this.#heights = [];
    // With the next frame: what changes sizes while they are being told is told to the console.
    this.#followSoon();
  };

  #handleScroll = (): void => {
    this.#mayBeScrolled = true;
    this.#followSoon();
  };

  #followSoon(): void {
    if (this.#count <= MOST_ROWS) return;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#follow();
    });
  }

  /** Where the list has the focus in place of a row that was scrolled out of the document, Tab goes on from the first on screen. */
  #handleKeydown = ({ key }: KeyboardEvent): void => {
    if (key !== 'Tab' || this.#count <= MOST_ROWS || !this.#host.shadowRoot!.activeElement?.matches('.list')) return;
    this.#hold();
    const { row } = this.#held ?? {};
    if (!row) return;
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
    row.addEventListener('blur', () => row.removeAttribute('tabindex'), { once: true });
  };

  #heightOf(index: number): number {
    return this.#heights[index] ?? this.#height;
  }

  /** Other rows are about to be there, or more, or fewer; `isOther`: and they are of another height. */
  #expectMoves(isOther: boolean): void {
    this.#hold();
    this.#isMoving = true;
    this.#heights = [];
    if (!isOther) return;
    this.#height = 0;
    // A long list begins at its top, but where it grew out of a short one that was scrolled.
    const at = this.#held ? indexOf(this.#held.row) : 0;
    this.#start = Math.max(0, at - SPARE);
    this.#end = at + firstRows() + (at && SPARE);
  }

  /** Looks which row is the first that begins on screen. The first of all is not held: what is put before it is to be seen. */
  #hold(): void {
    this.#held = undefined;
    if (!this.#mayBeScrolled) return;
    let scroller: Element | null = this.#host;
    while (scroller && !scroller.scrollTop)
      scroller = scroller.assignedSlot ?? scroller.parentElement ?? (scroller.getRootNode() as Partial<ShadowRoot>).host ?? null;
    this.#mayBeScrolled = !!scroller;
    const there = this.#there;
    if (!scroller || !there.length) return;
    const edge = Math.max(0, scroller.getBoundingClientRect().top);
    const row = there.find((one) => one.getBoundingClientRect().top >= edge) ?? there.at(-1)!;
    if (indexOf(row)) this.#held = { row, top: row.getBoundingClientRect().top, scroller, scrolled: scroller.scrollTop };
  }

  /** Scrolls by as much as the row has moved that is held; where it is gone, to where it was scrolled before rows were taken out. */
  #putBack(): void {
    if (!this.#held) return;
    const { row, top, scroller, scrolled } = this.#held;
    const moved = row.isConnected ? row.getBoundingClientRect().top - top : scrolled - scroller.scrollTop;
    if (Math.abs(moved) >= 1) scroller.scrollBy({ top: moved, behavior: 'instant' });
  }

  /** Reads how high the rows are that are there. */
  #measure(): void {
    const heights = this.#there.map((row) => row.getBoundingClientRect().height);
    this.#height = Math.min(this.#height || Infinity, ...heights);
    heights.forEach((height, index) => (this.#heights[this.#start + index] = height));
  }

  /** Makes room for the rows that are not there. */
  #pad(): void {
    const rows = this.#rows;
    const isLong = this.#count > MOST_ROWS;
    if (!rows || (isLong && !this.#height)) return;
    let [before, after] = [0, 0];
    for (let index = 0; index < this.#start; index++) before += this.#heightOf(index);
    for (let index = this.#end; index < this.#count; index++) after += this.#heightOf(index);
    rows.style.paddingBlock = isLong ? `${before}px ${after}px` : '';
  }

  /** Renders other rows when those on screen come near the end of what is there. */
  #follow(): void {
    const rows = this.#rows;
    if (!rows?.clientHeight) return;
    // Where its width has changed, what was on screen before is to be there again.
    if (this.#height || !this.#held?.row.isConnected) this.#hold();
    this.#measure();
    this.#pad();
    this.#putBack();
    let [first, { top }] = [0, rows.getBoundingClientRect()];
    while (first < this.#count - 1 && top + this.#heightOf(first) <= 0) top += this.#heightOf(first++);
    let last = first;
    while (last < this.#count && top < innerHeight) top += this.#heightOf(last++);
    // At its top a list has all it needs until someone scrolls.
    const near = first && SPARE / 4;
    if (this.#start <= Math.max(0, first - near) && this.#end >= Math.min(this.#count, last + near)) return;
    const focused = (this.#host.shadowRoot!.activeElement as HTMLElement | null)?.closest('.row');
    this.#start = Math.max(0, first - SPARE);
    this.#end = Math.min(this.#count, last + SPARE);
    this.#isMoving = true;
    this.#host.requestUpdate();
    // The row with the focus is scrolled out of the document: the list keeps it, so that Tab goes on from here.
    if (focused) void this.#host.updateComplete.then(() => focused.isConnected || rows.parentElement?.focus());
  }
}
