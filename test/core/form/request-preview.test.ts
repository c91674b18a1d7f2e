import { expect } from '@open-wc/testing';
import { curlOf, previewRequest, readable, sampleOf } from '../../../src/core/form/request-preview.js';
import type { AuthenticationInput } from '../../../src/core/auth/index.js';
import type { WebhookInput } from '../../../src/core/webhook.js';

const SECRET = 'canary-3f8d61';

const credentials = {
  headers: { headers: [{ key: 'X-Api-Key', value: SECRET }, { key: 'X-Api-Secret', value: `${SECRET}-2` }] },
  basic: { username: 'northlight', password: SECRET },
  token: { key: 'X-Auth-Token', value: SECRET },
  aws4: {
    accessKey: 'AKIDEXAMPLE123456789',
    secretKey: SECRET,
    region: 'eu-west-1',
    service: 'execute-api',
    baseEndpoint: 'https://execute-api.eu-west-1.amazonaws.com',
  },
  'hmac-sha256': { clientId: 'a "client", ü', clientSecret: SECRET },
  none: undefined,
  oauth2: { grantType: 'client_credentials', tokenUrl: 'https://login.example.com/token', clientId: 'c', clientSecret: SECRET, clientAuthentication: 'basic' },
} satisfies Record<AuthenticationInput['type'], object | undefined>;

type Type = keyof typeof credentials;

const input = (type: Type, changes: Partial<WebhookInput> = {}): WebhookInput => ({
  name: 'A webhook',
  events: ['site.archived'],
  url: 'https://hooks.example.com/in?a=1&b=2',
  method: 'POST',
  contentType: 'application/json',
  headers: [{ key: 'X-Tenant', value: '7' }],
  test: false,
  active: true,
  authentication: { type, organizationSpecific: false, credentials: credentials[type] ? [credentials[type]] : [] } as AuthenticationInput,
  ...changes,
});

const sample = { type: 'site.archived', data: { id: 42 } };

/** What a POSIX shell makes of a command: its words, with `variables` for the values of what is expanded. */
function words(command: string, variables: Record<string, string> = {}): string[] {
  const found: string[] = [];
  let word: string | undefined;
  const expand = (text: string) => text.replace(/\$(\w+)/g, (_, name: string) => variables[name] ?? '');
  const pattern = /'([^']*)'|"([^"`\\]*)"|\\\n|\\(.)|(\s+)|([^\s'"\\;&|<>()`#*?[\]~]+)/gsy;
  for (const [all, single, double, escaped, space, plain] of command.matchAll(pattern)) {
    if (space !== undefined || all === '\\\n') {
      if (word !== undefined) found.push(word);
      word = undefined;
    } else word = (word ?? '') + (single ?? escaped ?? expand(double ?? plain!));
  }
  const read = [...command.matchAll(pattern)].reduce((length, [all]) => length + all.length, 0);
  if (read !== command.length) throw new Error(`A shell reads more than words at: ${command.slice(read, read + 30)}`);
  return word === undefined ? found : [...found, word];
}

describe('previewRequest', () => {
  const added: Record<Type, readonly string[]> = {
    headers: ['X-Api-Key: $HEADER_1', 'X-Api-Secret: $HEADER_2'],
    basic: ['Authorization: Basic $BASE64_OF_USERNAME_AND_PASSWORD'],
    token: ['X-Auth-Token: $TOKEN'],
    aws4: [
      'X-Amz-Content-Sha256: $SHA256_OF_BODY',
      'X-Amz-Date: $AMZ_DATE',
      'Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE123456789/$DATE/eu-west-1/execute-api/aws4_request, SignedHeaders=$SIGNED_HEADERS, Signature=$AMZ_SIGNATURE',
    ],
    'hmac-sha256': ['Authorization: HMAC-SHA256 ClientId="a%20%22client%22%2C%20%C3%BC", Signature="$HMAC_SIGNATURE"'],
    none: [],
    oauth2: ['Authorization: Bearer $ACCESS_TOKEN'],
  };

  for (const type of Object.keys(added) as Type[])
    it(`has what ${type} adds, between the webhook’s own headers and those of Standard Webhooks, and no secret`, () => {
      const request = previewRequest(input(type), sample);
      expect(request.method).to.equal('POST');
      expect(request.url).to.equal('https://hooks.example.com/in?a=1&b=2');
      expect(request.headers.map(({ key, value }) => `${key}: ${value}`)).to.deep.equal([
        // AWS signs for the Base Endpoint.
        type === 'aws4' ? 'Host: execute-api.eu-west-1.amazonaws.com' : 'Host: hooks.example.com',
        'Content-Type: application/json',
        'X-Tenant: 7',
        ...added[type],
        'webhook-id: $ID',
        'webhook-timestamp: $TIMESTAMP',
        'webhook-signature: $SIGNATURE',
      ]);
      expect(JSON.stringify(request)).not.to.contain(SECRET);
      expect(curlOf(request)).not.to.contain(SECRET);
    });

  it('takes the credential that is asked for, and none where there is none', () => {
    const authentication = {
      type: 'token',
      organizationSpecific: true,
      credentials: [
        { organizationId: 'a', key: 'X-First', value: SECRET },
        { organizationId: 'b', key: 'X-Second', value: SECRET },
      ],
    } as AuthenticationInput;
    const keys = (index?: number) => previewRequest(input('token', { authentication, headers: [] }), sample, index).headers.map(({ key }) => key);
    expect(keys()[2]).to.equal('X-First');
    expect(keys(1)[2]).to.equal('X-Second');
    expect(keys(2)[2]).to.equal('webhook-id');
  });

  it('writes the same values as JSON, as a form, and as XML', () => {
    const values = { name: 'Zähler <b>&', count: 2, data: { id: 42 }, none: null };
    const body = (contentType: WebhookInput['contentType'], value: unknown = values) => previewRequest(input('none', { contentType }), value).body;
    expect(JSON.parse(body('application/json'))).to.deep.equal(values);
    const form = new URLSearchParams(body('application/x-www-form-urlencoded'));
    expect(form.get('name')).to.equal('Zähler <b>&');
    expect(form.get('count')).to.equal('2');
    const xml = new DOMParser().parseFromString(body('application/xml'), 'application/xml');
    expect(xml.querySelector('parsererror')).to.equal(null);
    expect(xml.documentElement.nodeName).to.equal('event');
    expect(xml.querySelector('name')!.textContent).to.equal('Zähler <b>&');
    for (const contentType of ['application/xml', 'application/x-www-form-urlencoded'] as const)
      expect(() => body(contentType, null), contentType).not.to.throw();
  });

  it('writes what is nested as the host sends it', () => {
    const nested = { data: { id: 42, reasons: ['roof', 'credit'] } };
    const form = new URLSearchParams(previewRequest(input('none', { contentType: 'application/x-www-form-urlencoded' }), nested).body);
    expect([...form]).to.deep.equal([
      ['data[id]', '42'],
      ['data[reasons][0]', 'roof'],
      ['data[reasons][1]', 'credit'],
    ]);
    const xml = new DOMParser().parseFromString(previewRequest(input('none', { contentType: 'application/xml' }), nested).body, 'application/xml');
    expect(xml.querySelector('event > data > id')!.textContent).to.equal('42');
    expect([...xml.querySelectorAll('event > data > reasons > item')].map(({ textContent }) => textContent)).to.deep.equal(['roof', 'credit']);
  });

  it('writes names into XML that XML allows, and is readable where it is JSON', () => {
    const xml = previewRequest(input('none', { contentType: 'application/xml' }), { größe: 1, '2nd': 'x' }).body;
    expect(xml).to.equal('<?xml version="1.0" encoding="UTF-8"?><event><gr__e>1</gr__e><_2nd>x</_2nd></event>');
    const json = previewRequest(input('none'), sample).body;
    expect(json).to.equal(JSON.stringify(sample));
    expect(readable(json)).to.equal(JSON.stringify(sample, undefined, 2));
    expect(readable(xml)).to.equal(xml);
  });

  it('writes an element without content as one tag, and nothing that XML cannot hold', () => {
    const body = (value: unknown) => previewRequest(input('none', { contentType: 'application/xml' }), value).body.replace(/^<\?.*?\?>/, '');
    expect(body({ a: null, b: [], c: {}, d: '' })).to.equal('<event><a/><b/><c/><d/></event>');
    expect(body({ a: 'x\0\x1f\ud800\t\n' })).to.equal('<event><a>x\ufffd\ufffd\ufffd\t\n</a></event>');
  });

  it('has the address as it is called, and what is no address yet as it stands', () => {
    const url = (text: string) => previewRequest(input('none', { url: text }), sample).url;
    expect(url('https://hooks.example.com')).to.equal('https://hooks.example.com/');
    expect(url('https://bücher.example/ü x')).to.equal('https://xn--bcher-kva.example/%C3%BC%20x');
    expect(url('https://')).to.equal('https://');
  });

  it('begins with the catalogue’s sample, or one of the usual shape', () => {
    expect(sampleOf('site.archived', sample)).to.equal(sample);
    expect(sampleOf('site.archived')).to.deep.equal({ type: 'site.archived', timestamp: '2026-01-31T12:00:00Z', data: { id: '42' } });
  });
});

describe('curlOf', () => {
  const filled = { ID: 'msg_1', TIMESTAMP: '1700000000', SIGNATURE: 'v1,abc=', TOKEN: "it's $HOME", HEADER_1: 'one', HEADER_2: 'two' };

  it('is one command of the shell, in which the variables are for the person to set', () => {
    const command = curlOf(previewRequest(input('token', { method: 'PUT' }), sample));
    expect(words(command, filled)).to.deep.equal([
      ...['curl', '--globoff', '--request', 'PUT', '--url', 'https://hooks.example.com/in?a=1&b=2'],
      ...['--header', 'Content-Type: application/json', '--header', 'X-Tenant: 7'],
      ...['--header', `X-Auth-Token: ${filled.TOKEN}`],
      ...['--header', 'webhook-id: msg_1', '--header', 'webhook-timestamp: 1700000000', '--header', 'webhook-signature: v1,abc='],
      ...['--data-raw', JSON.stringify(sample)],
    ]);
  });

  const hostile = ["it's", '"double"', 'a\nb', '$HOME', '$(id)', '`id`', '\\', "'\"'$TOKEN'\"'", '!!', '; rm -rf x', '*'];

  for (const text of hostile)
    it(`leaves ${JSON.stringify(text)} as it was written, in a header and the body, and in the URL as it is called`, () => {
      const url = `https://hooks.example.com/${text}`;
      const command = curlOf(previewRequest(input('none', { url, headers: [{ key: 'X-Own', value: text }] }), { text }));
      const read = words(command, { ...filled, HOME: 'EXPANDED' });
      expect(read[5]).to.equal(new URL(url).href);
      expect(read).to.include(`X-Own: ${text}`);
      expect(JSON.parse(read.at(-1)!)).to.deep.equal({ text });
    });

  it('sends a header without a value, and the Host that AWS signs for', () => {
    const empty = curlOf(previewRequest(input('none', { headers: [{ key: 'X-Empty', value: '' }] }), sample));
    expect(words(empty, filled)).to.include('X-Empty;');
    expect(empty).not.to.contain('Host:');
    expect(words(curlOf(previewRequest(input('aws4'), sample)), filled)).to.include('Host: execute-api.eu-west-1.amazonaws.com');
  });

  it('expands nothing in the name of a header or an access key that looks like a variable, be it one of its own', () => {
    const token = { type: 'token', organizationSpecific: false, credentials: [{ key: '$TOKEN', value: SECRET }] } as const;
    const twice = previewRequest(input('token', { authentication: token as unknown as AuthenticationInput }), sample);
    expect(words(curlOf(twice), filled)).to.include(`$TOKEN: ${filled.TOKEN}`);
    const headers = { headers: [{ key: '$HOME', value: SECRET }] };
    const named = previewRequest(input('headers', { authentication: { type: 'headers', organizationSpecific: false, credentials: [headers] } }), sample);
    expect(words(curlOf(named), { ...filled, HOME: 'EXPANDED' })).to.include('$HOME: one');
    const aws4 = { ...credentials.aws4, accessKey: '$HOME' };
    const signed = previewRequest(input('aws4', { authentication: { type: 'aws4', organizationSpecific: false, credentials: [aws4] } }), sample);
    expect(words(curlOf(signed), { ...filled, HOME: 'EXPANDED' }).join('\n')).to.contain('Credential=$HOME/');
  });
});
