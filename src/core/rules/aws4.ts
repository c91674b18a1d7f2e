import { error, warning, type Finding } from './finding.js';
import { hasControl } from './text.js';

/** An access key id (AWS IAM API, `AccessKey`): 16–128 of `[A-Za-z0-9_]`. `ASIA…` is temporary (AWS STS): a warning. */
export const checkAccessKey = (key: string): Finding[] =>
  !/^\w{16,128}$/.test(key) ? [error('aws.accessKey')] : key.startsWith('ASIA') ? [warning('aws.temporary')] : [];

/**
 * A secret access key: nothing invisible anywhere, for it would change the signature unseen. AWS issues 40 characters but
 * documents no length, so another length is a warning only.
 */
export const checkSecretKey = (key: string): Finding[] =>
  /\s/.test(key) || hasControl(key)
    ? [error('aws.secretSpace')]
    : key.length === 40
      ? []
      : [warning('aws.secretLength')];

/** A region code (AWS General Reference, "Regional endpoints"): `[a-z0-9-]+`, never a closed list. An error or none. */
export const checkRegion = (region: string): Finding[] => (/^[a-z\d-]+$/.test(region) ? [] : [error('aws.region')]);

/** A service's signing name (AWS General Reference, credential scope): `[a-z0-9-]+`. Returns an error or none. */
export const checkService = (service: string): Finding[] => (/^[a-z\d-]+$/.test(service) ? [] : [error('aws.service')]);
