import * as z from 'zod/mini';

/** A request header of the webhook itself, apart from authentication (RFC 9110 §5). Its value is no secret. */
export const headerSchema = z.object({ key: z.string(), value: z.string() });
export type Header = z.infer<typeof headerSchema>;
