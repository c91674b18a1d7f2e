import * as z from 'zod/mini';
import { optionalText, text } from './primitives.js';

/** A kind of event that a webhook can be based on. `sample` is a payload to show and to send in a test. */
export const eventTypeSchema = z.object({
  id: text,
  label: text,
  description: optionalText,
  group: optionalText,
  get sample() {
    return z.optional(z.unknown());
  },
});
export type EventType = z.infer<typeof eventTypeSchema>;

/** The catalogue that is used when neither the page nor the adapter names one. */
export const defaultEventTypes: readonly EventType[] = Object.freeze([
  { id: 'contract_recipient.status_change', label: 'Contract Recipient Status Change' },
  { id: 'contract.status_change', label: 'Contract Status Change' },
  { id: 'milestone.status_change', label: 'Milestone Status Change' },
  { id: 'qualification.update', label: 'Qualification Update' },
  { id: 'site.archived', label: 'Site Archived' },
  { id: 'task_comment.created', label: 'Task Comment Created' },
]);
