import * as core from 'webhook-settings/core';
import { messages } from 'webhook-settings/locales/en';
import { judgeUrl } from './judge-url.js';

type Rule = (value: string) => core.Finding[];

export interface FieldError {
  /** Such as `authentication.credentials.0.secretKey`. */
  path: string;
  detail: string;
}

export interface CheckOptions {
  /** The demo's switch for receivers on this machine. */
  allowLoopback: boolean;
  eventTypes: ReadonlySet<string>;
  organizations: ReadonlySet<string>;
}

type Row = Record<string, unknown>;

/** The rules of the form, by the name that a field of an authentication type gives them. */
const rulesOf = (allowLoopback: boolean): Record<Exclude<core.FieldRule, 'headerName'>, Rule> => ({
  credentialHeaderName: core.checkCredentialHeaderName,
  headerValue: core.checkHeaderValue,
  url: (value) => judgeUrl(value, allowLoopback),
  basicUsername: core.checkBasicUsername,
  basicPassword: core.checkBasicPassword,
  awsAccessKey: core.checkAccessKey,
  awsSecretKey: core.checkSecretKey,
  awsRegion: core.checkRegion,
  awsService: core.checkService,
  hmacClientId: core.checkHmacClientId,
  hmacClientSecret: core.checkHmacClientSecret,
  oauthClientCredential: core.checkClientCredential,
  oauthScope: core.checkScope,
  oauthAudience: core.checkAudience,
});

const textOf = ({ code, params }: core.Finding) => core.formatMessage('en', messages[code], params);

/** As it is stored: without the spaces around what no one types on purpose. */
export function normalizeInput(input: core.WebhookInput): core.WebhookInput {
  const { fields } = core.authType(input.authentication.type)!;
  const urls = fields.filter(({ rule }) => rule === 'url').map(({ name }) => name);
  const authentication = structuredClone(input.authentication);
  for (const credential of authentication.credentials as unknown as Row[]) {
    for (const name of urls) if (typeof credential[name] === 'string') credential[name] = core.normalizeUrl(credential[name]);
    for (const { name, when } of fields) if (when && credential[when.field] !== when.is) delete credential[name];
  }
  return { ...input, name: input.name.trim(), url: core.normalizeUrl(input.url), authentication };
}

/** Judges a webhook of the right shape with the rules that the form has. Returns what blocks. */
export function checkInput(input: core.WebhookInput, options: CheckOptions): FieldError[] {
  const errors: FieldError[] = [];
  const rules = rulesOf(options.allowLoopback);
  const say = (path: string, findings: core.Finding[]) => {
    for (const finding of findings) if (finding.severity === 'error') errors.push({ path, detail: textOf(finding) });
  };
  const refuse = (path: string, detail: string) => errors.push({ path, detail });

  say('name', core.checkName(input.name));
  say('url', judgeUrl(input.url, options.allowLoopback));
  if (!input.events.length) refuse('events', 'Choose an event.');
  input.events.forEach((event, index) => {
    if (!options.eventTypes.has(event)) refuse(`events.${index}`, 'There is no such event.');
    else if (input.events.indexOf(event) < index) refuse(`events.${index}`, 'This event is there already.');
  });

  const { authentication } = input;
  const { fields, list } = core.authType(authentication.type)!;
  const credentialHeaders: string[] = [];

  const checkRow = (row: Row, path: string) => {
    for (const { name, rule, kind, optional, when } of fields) {
      if (when && row[when.field] !== when.is) continue;
      const value = row[name];
      const at = `${path}.${name}`;
      if (typeof value !== 'string') {
        if (value === undefined && !optional) refuse(at, 'Enter a value.');
      } else if (value) {
        if (rule) say(at, rules[rule as keyof typeof rules](value));
        if (rule === 'credentialHeaderName') credentialHeaders.push(value);
      } else if (!optional && authentication.type !== 'basic') refuse(at, kind === 'select' ? 'Choose a value.' : 'Enter a value.');
    }
    if (authentication.type === 'basic' && typeof row['password'] === 'string')
      say(`${path}.password`, core.checkBasicPair(String(row['username']), row['password']));
  };
  const checkRows = (rows: readonly Row[], path: string) => {
    const duplicates = core.duplicateHeaderIndexes(rows.map(({ key }) => String(key)));
    rows.forEach((_, index) => {
      if (duplicates.includes(index)) say(`${path}.${index}.key`, [core.error('header.duplicate')]);
      if (index >= core.MAX_HEADERS) say(`${path}.${index}.key`, [core.error('header.tooMany', { max: core.MAX_HEADERS })]);
    });
  };

  (authentication.credentials as unknown as Row[]).forEach((credential, index) => {
    const path = `authentication.credentials.${index}`;
    const organization = credential['organizationId'];
    if (typeof organization === 'string' && !options.organizations.has(organization))
      refuse(`${path}.organizationId`, 'There is no such organization.');
    if (!list) return checkRow(credential, path);
    const rows = credential[list] as Row[];
    checkRows(rows, `${path}.${list}`);
    rows.forEach((row, place) => checkRow(row, `${path}.${list}.${place}`));
  });

  checkRows(input.headers, 'headers');
  input.headers.forEach(({ key, value }, index) => {
    say(`headers.${index}.key`, core.checkHeaderName(key, { authenticationType: authentication.type, credentialHeaders }));
    say(`headers.${index}.value`, core.checkHeaderValue(value));
  });
  return errors;
}
