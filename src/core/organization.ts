import * as z from 'zod/mini';

/** An organization that a webhook can hold credentials for. */
export const organizationSchema = z.object({ id: z.string(), name: z.string() });
export type Organization = z.infer<typeof organizationSchema>;
