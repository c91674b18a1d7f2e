import { error, type Finding } from './finding.js';
import { checkControl, checkLength, hasBidiOverride } from './text.js';

export const MAX_NAME_LENGTH = 100;

/**
 * The name of a webhook: 1–100 characters of any script after trimming, one of them visible (Unicode
 * Default_Ignorable_Code_Point is not), no control characters, nothing that reverses the reading direction (UAX #9).
 * Returns all errors.
 */
export function checkName(value: string): Finding[] {
  const name = value.trim();
  return [
    ...checkControl(name),
    ...(hasBidiOverride(name) ? [error('text.bidi')] : []),
    ...(/[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(name) ? [] : [error('name.invisible')]),
    ...checkLength(name, MAX_NAME_LENGTH),
  ];
}
