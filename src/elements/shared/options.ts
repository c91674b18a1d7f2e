import { html, type TemplateResult } from 'lit';

export type Option = readonly [value: string, label: string];

/** The options of a native drop-down, one of them chosen. */
export const optionsOf = (options: readonly Option[], chosen: string): TemplateResult[] =>
  options.map(([value, label]) => html`<option value=${value} .selected=${value === chosen}>${label}</option>`);
