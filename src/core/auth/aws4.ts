import { text } from '../primitives.js';
import { defineAuthType } from './auth-type.js';

/** AWS4: AWS Signature Version 4 (AWS General Reference, "Signing AWS API requests"). */
export const aws4 = defineAuthType(
  'aws4',
  (secret) => ({
    accessKey: text,
    secretKey: secret,
    region: text,
    service: text,
    baseEndpoint: text,
  }),
  [
    { name: 'accessKey', kind: 'text', rule: 'awsAccessKey' },
    { name: 'secretKey', kind: 'secret', rule: 'awsSecretKey' },
    { name: 'region', kind: 'text', rule: 'awsRegion', suggestions: 'awsRegions' },
    { name: 'service', kind: 'text', rule: 'awsService', suggestions: 'awsServices' },
    { name: 'baseEndpoint', kind: 'text', rule: 'url' },
  ],
);
