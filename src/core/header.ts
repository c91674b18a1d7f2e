import * as z from 'zod/mini';
import { text } from './primitives.js';

/** A request header of the webhook itself, apart from authentication (RFC 9110 §5). Its value is no secret. */
export const headerSchema = z.object({ key: text, value: text });
export type Header = z.infer<typeof headerSchema>;
