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
      'with a hint that is none',
      { ...basic.authentication, credentials: [{ username: 'u', password: { stored: true, hint: 5 } }] },
      ['authentication.credentials.0.password.hint'],
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

  it('refuses authentication whose type is another one at a second look', () => {
    let looks = 0;
    const authentication = {
      get type() {
        return looks++ ? 'basic' : undefined;
      },
      organizationSpecific: false,
      credentials: [],
    };
    expect(pathsOf({ ...basic, authentication })).to.deep.equal(['authentication.type']);
  });

  const { authentication } = webhookInputSchema.shape;
  for (const [what, schema] of [
    ['as it is', authentication],
    ['with a check of the host’s own', authentication.check(z.refine(() => true))],
    ['with a description', authentication.check(z.meta({ description: 'How the call authenticates' }))],
  ] as const)
    it(`can be told as JSON Schema ${what}, each type of authentication and both forms of a secret included`, () => {
      const { anyOf } = z.toJSONSchema(schema, { unrepresentable: 'any' });
      const types = anyOf as z.core.JSONSchema.ObjectSchema[];
      expect(types.map((one) => (one.properties!['type'] as z.core.JSONSchema.Schema).const)).to.deep.equal(authTypeIds);
      const credential = (types[1]!.properties!['credentials'] as z.core.JSONSchema.ArraySchema).items as z.core.JSONSchema.ObjectSchema;
      const { anyOf: forms } = credential.properties!['password'] as z.core.JSONSchema.Schema;
      expect(forms!.map((form) => (form as z.core.JSONSchema.Schema).type)).to.deep.equal(['string', 'object']);
    });

  it('goes on with the checks of the host’s own where credentials are refused', () => {
    const own = webhookInputSchema.check(z.refine(() => false, { path: ['mine'] }));
    const { error } = own.safeParse({ ...basic, authentication: { ...basic.authentication, credentials: [] } });
    expect(error?.issues.map(({ path }) => path.join('.'))).to.deep.equal(['authentication.credentials', 'mine']);
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
