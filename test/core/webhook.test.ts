import { expect } from '@open-wc/testing';
import * as z from 'zod';
import { authTypeIds } from '../../src/core/auth/index.js';
import { storedSecretSchema } from '../../src/core/secret.js';
import { webhookInputSchema, webhookSchema } from '../../src/core/webhook.js';
import { sampleWebhookInput } from '../../src/testing/fixtures.js';
import { stored } from '../helpers/widget.js';

const pathsOf = (input: unknown) => webhookInputSchema.safeParse(input).error?.issues.map(({ path }) => path.join('.'));
const takes = (input: unknown) => webhookInputSchema.safeParse(input).success;

describe('webhookInputSchema', () => {
  it('refuses a webhook of no event, which a host may store all the same', () => {
    const input = sampleWebhookInput('none');
    expect(takes(input)).to.equal(true);
    expect(takes({ ...input, events: [] })).to.equal(false);
    expect(webhookSchema.safeParse(stored({ ...input, events: [] })).success).to.equal(true);
  });

  for (const [grantType, authorizationUrl, isTaken] of [
    ['authorization_code', 'https://login.example.com/authorize', true],
    ['authorization_code', undefined, false],
    ['client_credentials', undefined, true],
    ['client_credentials', 'https://login.example.com/authorize', false],
    ['client_credentials', '', false],
  ] as const)
    it(`${isTaken ? 'takes' : 'refuses'} OAuth2 of the grant ${grantType} with an authorization URL of ${JSON.stringify(authorizationUrl)}`, () => {
      const credential = {
        grantType,
        ...(authorizationUrl !== undefined && { authorizationUrl }),
        tokenUrl: 'https://login.example.com/token',
        clientId: 'client',
        clientSecret: 'secret',
        clientAuthentication: 'basic',
      };
      const authentication = { type: 'oauth2', organizationSpecific: false, credentials: [credential] };
      expect(takes({ ...sampleWebhookInput('none'), authentication })).to.equal(isTaken);
    });

  const basic = sampleWebhookInput('basic');
  for (const [what, authentication, paths] of [
    ['none', undefined, ['authentication']],
    ['null', null, ['authentication']],
    ['a text', 'basic', ['authentication']],
    ['of no type', {}, ['authentication.type']],
    ['of a type that there is not', { ...basic.authentication, type: 'telepathy' }, ['authentication.type']],
    ['with a property of every object for a type', { ...basic.authentication, type: 'constructor' }, ['authentication.type']],
    [
      'with a password that is none',
      { ...basic.authentication, credentials: [{ username: 'u', password: 5 }] },
      ['authentication.credentials.0.password'],
    ],
    [
      'with a password of which is not said whether it is stored',
      { ...basic.authentication, credentials: [{ username: 'u', password: { stored: false } }] },
      ['authentication.credentials.0.password'],
    ],
    [
      'with the credentials of another type',
      { ...basic.authentication, credentials: [{ token: 't' }] },
      ['authentication.credentials.0.username', 'authentication.credentials.0.password'],
    ],
  ] as const)
    it(`refuses authentication: ${what}, and says where`, () => {
      expect(pathsOf({ ...basic, authentication })).to.deep.equal(paths);
    });

  it('can be told as JSON Schema, each type of authentication and both forms of a secret included', () => {
    const { properties } = z.toJSONSchema(webhookInputSchema, { unrepresentable: 'any' });
    const { anyOf: types } = properties!['authentication'] as z.core.JSONSchema.Schema;
    const asSchema = types as z.core.JSONSchema.ObjectSchema[];
    expect(asSchema.map((one) => (one.properties!['type'] as z.core.JSONSchema.Schema).const)).to.deep.equal(authTypeIds);
    const [credential] = [asSchema[1]!.properties!['credentials']].map((list) => (list as z.core.JSONSchema.ArraySchema).items);
    const { anyOf: forms } = (credential as z.core.JSONSchema.ObjectSchema).properties!['password'] as z.core.JSONSchema.Schema;
    expect(forms!.map((form) => (form as z.core.JSONSchema.Schema).type)).to.deep.equal(['string', 'object']);
  });
});

describe('the hint of a stored secret', () => {
  for (const [given, taken] of [
    ['9f2a', '9f2a'],
    ['12345678', '12345678'],
    ['a whole secret that a host gave away', 'ave away'],
    ['', ''],
  ] as const)
    it(`of “${given}” is “${taken}”: its last eight characters at most`, () => {
      expect(storedSecretSchema.parse({ stored: true, hint: given })).to.deep.equal({ stored: true, hint: taken });
    });

  it('is left out where there is none', () => {
    expect(storedSecretSchema.parse({ stored: true })).to.deep.equal({ stored: true });
  });
});
