import * as z from 'zod/mini';
import { headerSchema } from './header.js';
import { optionalText, text } from './primitives.js';

export const deliveryOutcomes = ['succeeded', 'failed', 'pending'] as const;
export type DeliveryOutcome = (typeof deliveryOutcomes)[number];

/** Not `z.number()`, which would cost every page that has a list 0.2 kB. */
const number = z.custom<number>((value) => typeof value === 'number');

const date = z.string().check(({ value, issues }) => {
  if (Number.isNaN(Date.parse(value))) issues.push({ code: 'custom', input: value, path: [] });
});

/** One call of a receiver, or one that is due. Secrets in it are masked as •••. Dates are ISO 8601. */
export const deliveryAttemptSchema = z.object({
  id: text,
  webhookId: optionalText,
  /** Absent for a test call. */
  eventId: optionalText,
  eventType: text,
  outcome: z.literal(deliveryOutcomes),
  /** 1 for the first call of this event. */
  attempt: z.optional(number),
  startedAt: date,
  durationMs: z.optional(number),
  nextAttemptAt: z.optional(date),
  /**
   * Why it failed: `timeout`, `dns`, `connection`, `tls`, `refused-address`, `status`, `redirect`, `too-large`,
   * `authorization`, or other text.
   */
  error: optionalText,
  request: z.object({
    method: text,
    url: text,
    headers: z.array(headerSchema),
    body: optionalText,
  }),
  response: z.optional(
    z.object({ status: number, headers: z.array(headerSchema), body: optionalText }),
  ),
});
export type DeliveryAttempt = z.infer<typeof deliveryAttemptSchema>;

export interface DeliveryQuery {
  /** From the previous page; opaque. */
  cursor?: string;
  /** How many attempts a page may hold. */
  limit: number;
  outcome?: DeliveryOutcome;
  /** An event type's id. */
  event?: string;
  /** ISO 8601; the range that `startedAt` is in, `to` not included. */
  from?: string;
  to?: string;
}

/** Newest first. */
export interface DeliveryPage {
  items: DeliveryAttempt[];
  nextCursor?: string;
  total?: number;
}
