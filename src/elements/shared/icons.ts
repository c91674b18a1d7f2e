import { html, type TemplateResult } from 'lit';

const icon = (path: string): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
    <path d=${path} fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" />
  </svg>`;

/** One visual family: 1.5 px strokes in 16, the size and the colour of the text around it. */
export const icons = {
  plus: icon('M8 3v10M3 8h10'),
  close: icon('m4 4 8 8m0-8-8 8'),
  alert: icon('M8 2 1.5 13.5h13zM8 6.5v3M8 11.8v.1'),
  hook: icon('M6.9 6a2.25 2.25 0 1 1 2.2 0l2 3.5a2.25 2.25 0 1 1-1.1 2H6m.9-5.5-2 3.5A2.25 2.25 0 1 0 6 11.5'),
  more: icon('M2.7 8h.6M7.7 8h.6M12.7 8h.6'),
  lock: icon('M4 7h8v6.5H4zM5.5 7V5a2.5 2.5 0 0 1 5 0v2'),
};
