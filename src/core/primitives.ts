import * as z from 'zod/mini';

// One of each for all schemas: to make one takes as long as to draw a cell, and none ever changes.
export const text = z.string();
export const optionalText = z.optional(text);
export const flag = z.literal([true, false]);
