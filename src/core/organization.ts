import * as z from 'zod/mini';
import { text } from './primitives.js';

/** An organization that a webhook can hold credentials for. */
export const organizationSchema = z.object({ id: text, name: text });
export type Organization = z.infer<typeof organizationSchema>;
