import * as z from 'zod/mini';
import { authenticationSchema, type Authentication, type AuthenticationInput } from './auth/index.js';
import { headerSchema } from './header.js';
import { flag, optionalText, text } from './primitives.js';

/** The HTTP methods a webhook may use (RFC 9110 §9.3, RFC 5789). */
export const httpMethods = ['POST', 'PUT', 'PATCH'] as const;
export type HttpMethod = (typeof httpMethods)[number];

/** The media types a webhook's body may have (RFC 9110 §8.3). */
export const contentTypes = ['application/json', 'application/xml', 'application/x-www-form-urlencoded'] as const;
export type ContentType = (typeof contentTypes)[number];

const settings = {
  name: text,
  events: z.array(text),
  url: text,
  method: z.literal(httpMethods),
  contentType: z.literal(contentTypes),
  headers: z.array(headerSchema),
  test: flag,
  active: flag,
};

/** How a webhook has been doing. */
export const healthSchema = z.object({
  /** The outcomes of the last deliveries, oldest first, up to 10. */
  get recent() {
    return z.array(z.literal(['succeeded', 'failed']));
  },
  /** Why the host deactivated it; for people. */
  deactivatedReason: optionalText,
});
export type Health = z.infer<typeof healthSchema>;

/** What a person can set. The shape only: whether a value is acceptable is for the rules to say. */
export const webhookInputSchema = z.object({
  ...settings,
  // Getters: zod asks for them when it first parses with the schema, and a page that has only a list never does.
  get events() {
    return z.array(text).check(z.refine(({ length }) => length > 0));
  },
  get authentication() {
    return authenticationSchema('input');
  },
});

/** A webhook as the host returns it. A secret's value in it is an error: it would have left the server. */
export const webhookSchema = z.object({
  id: text,
  version: optionalText,
  ...settings,
  authentication: authenticationSchema('stored'),
  createdAt: text,
  updatedAt: text,
  health: z.optional(healthSchema),
});

type Settings = Omit<z.infer<typeof webhookInputSchema>, 'authentication'>;

/** What a person can set, as `create` gets it. */
export type WebhookInput = Settings & { authentication: AuthenticationInput };

/** A stored webhook. `version` is opaque and goes back on update and delete; the dates are ISO 8601. */
export type Webhook = Settings & {
  id: string;
  version?: string | undefined;
  authentication: Authentication;
  createdAt: string;
  updatedAt: string;
  /** Where the host tells it. */
  health?: Health | undefined;
};
