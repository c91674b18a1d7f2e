import { html, type TemplateResult } from 'lit';

export type Option = readonly [value: string, label: string];

/** The options of a native drop-down, one of them chosen. */
export const optionsOf = (options: readonly Option[], chosen: string): TemplateResult[] =>
  options.map(([value, label]) => html`<option value=${value} .selected=${value === chosen}>${label}</option>`);

/** A drop-down that restricts or sorts a list. */
export const filterSelect = (label: string, chosen: string, options: readonly Option[], choose: (value: string) => void): TemplateResult =>
  html`<select part="filter" aria-label=${label} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
    ${optionsOf(options, chosen)}
  </select>`;
