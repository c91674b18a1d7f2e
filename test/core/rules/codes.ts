import type { Finding } from '../../../src/core/rules/finding.js';

export const codes = (findings: readonly Finding[]) => findings.map(({ code }) => code);

export const errorCodes = (findings: readonly Finding[]) =>
  codes(findings.filter(({ severity }) => severity === 'error'));
