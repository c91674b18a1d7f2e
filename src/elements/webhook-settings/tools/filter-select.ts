import { html, type TemplateResult } from 'lit';
import { optionsOf, type Option } from '../../shared/options.js';

/** A drop-down that restricts or sorts a list. */
export const filterSelect = (label: string, chosen: string, options: readonly Option[], choose: (value: string) => void): TemplateResult =>
  html`<select part="filter" aria-label=${label} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
    ${optionsOf(options, chosen)}
  </select>`;
