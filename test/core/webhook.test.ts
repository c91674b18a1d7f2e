import { expect } from '@open-wc/testing';
import { storedSecretSchema } from '../../src/core/secret.js';
import { webhookInputSchema, webhookSchema } from '../../src/core/webhook.js';
import { sampleWebhookInput } from '../../src/testing/fixtures.js';
import { stored } from '../helpers/widget.js';

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
