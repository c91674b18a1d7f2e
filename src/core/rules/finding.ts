import type { findingMessages } from '../messages/findings.js';

/** What is wrong, as a key of the messages. Only the type is taken from there: the texts load apart from the rules. */
export type FindingCode = keyof typeof findingMessages;

/** What a rule has to say of a value. An `error` blocks, a `warning` does not, an `info` only explains. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: 'error' | 'warning' | 'info';
  /** Fill the placeholders of the text. Never the value of a secret. */
  readonly params?: Readonly<Record<string, string | number>>;
}

const finding =
  (severity: Finding['severity']) =>
  (code: FindingCode, params?: Finding['params']): Finding =>
    params ? { code, severity, params } : { code, severity };

/** A finding that blocks. */
export const error = finding('error');
/** A finding that a person may overrule. */
export const warning = finding('warning');
/** A finding that only explains. */
export const info = finding('info');

/** True when one of the findings blocks. */
export const hasError = (findings: readonly Finding[]): boolean =>
  findings.some(({ severity }) => severity === 'error');
