import type { FieldRule } from '../auth/index.js';
import { checkAccessKey, checkRegion, checkSecretKey, checkService } from '../rules/aws4.js';
import { checkBasicPassword, checkBasicUsername } from '../rules/basic.js';
import { error, type Finding } from '../rules/finding.js';
import {
  checkCredentialHeaderName,
  checkHeaderName,
  checkHeaderValue,
  duplicateHeaderIndexes,
  MAX_HEADERS,
} from '../rules/header.js';
import { checkHmacClientId, checkHmacClientSecret } from '../rules/hmac.js';
import { checkName } from '../rules/name.js';
import { checkAudience, checkClientCredential, checkScope } from '../rules/oauth2.js';
import { checkUrl, type UrlOptions } from '../rules/url.js';

/** What a rule may need to know of the fields around it. */
export interface RuleContext extends UrlOptions {
  readonly authenticationType?: string;
  readonly credentialHeaders?: readonly string[];
  /** The header names of all rows, and which of them is judged. */
  readonly names?: readonly string[];
  readonly index?: number;
}

type Rule = (value: string, context: RuleContext) => Finding[];

const amongRows =
  (check: Rule): Rule =>
  (value, context) => {
    const { names = [], index = -1 } = context;
    if (index >= MAX_HEADERS) return [error('header.tooMany', { max: MAX_HEADERS })];
    return [...check(value, context), ...(duplicateHeaderIndexes(names).includes(index) ? [error('header.duplicate')] : [])];
  };

/** Which rule of `core/rules` judges which kind of field. */
export const fieldRules: Readonly<Record<FieldRule | 'name', Rule>> = {
  name: checkName,
  url: checkUrl,
  headerName: amongRows(checkHeaderName),
  credentialHeaderName: amongRows(checkCredentialHeaderName),
  headerValue: checkHeaderValue,
  basicUsername: checkBasicUsername,
  basicPassword: checkBasicPassword,
  awsAccessKey: checkAccessKey,
  awsSecretKey: checkSecretKey,
  awsRegion: checkRegion,
  awsService: checkService,
  hmacClientId: checkHmacClientId,
  hmacClientSecret: checkHmacClientSecret,
  oauthClientCredential: checkClientCredential,
  oauthScope: checkScope,
  oauthAudience: checkAudience,
};
