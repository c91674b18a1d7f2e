// What the form shows of a request, and what it copies as cURL, is what the receiver gets from the host.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { signIn, startBoth } from './helpers/host.mjs';
import { startReceiver } from './helpers/receiver.mjs';

const { curlOf, previewRequest } = await import('../../src/core/form/request-preview.ts');
const { serialize } = await import('../../demo/host/delivery/body.ts');

const methods = ['POST', 'PUT', 'PATCH'];
const contentTypes = ['application/json', 'application/xml', 'application/x-www-form-urlencoded'];

/**
 * In what a preview and a call differ; in nothing else. Headers of the one who sends, be it the host or curl: the preview has none
 * of them, since it does not know who will send. (`webhook-attempt` would be among them: it is in no first call.)
 */
const ofTheSender = new Set(['user-agent', 'accept', 'accept-encoding', 'content-length', 'connection']);
/** Variables: what is secret, and what is made anew for each call. Of each, what the host puts in its place. */
const variables = {
  ID: 'evt_test_[0-9a-f]{24}',
  TIMESTAMP: '\\d{10}',
  SIGNATURE: 'v1,[\\w+/]{43}=',
  AMZ_DATE: '\\d{8}T\\d{6}Z',
  DATE: '\\d{8}',
  SHA256_OF_BODY: '[0-9a-f]{64}',
  SIGNED_HEADERS: '[^, ]+',
  AMZ_SIGNATURE: '[0-9a-f]{64}',
  HMAC_SIGNATURE: '[\\w+/]{43}=',
  TOKEN: '.+',
  ACCESS_TOKEN: '.+',
  BASE64_OF_USERNAME_AND_PASSWORD: '.+',
  HEADER_1: '.+',
  HEADER_2: '.+',
};

/** What a shell would do something with, in each place where a webhook may have it. */
const hostile = ['$(touch pwned)', '`touch pwned`', '$HOME ${ID} $TOKEN', `it's "double" '"'"'`, '\\', '@/etc/hostname', '-o pwned', '--next', '; touch pwned #', '!! ~ * ? | & < >', '{a,b}[1-3]', '%s%n', 'a\tb'];
const hostileNames = ['$TOKEN', '$HEADER_1', '`id`', "it's", '-o', '--data', '!!', '#x', '*', 'a|b&', '~', '__proto__', 'x%s'];
const secrets = { TOKEN: `$(touch pwned) "'\`$ID\``, HEADER_1: '-o pwned', HEADER_2: '@/etc/hostname' };

let both, maya, receiver, folder;
before(async () => {
  both = await startBoth();
  maya = await signIn(both.host.url, 'maya');
  receiver = await startReceiver((request, response) => {
    if (request.url !== '/token') return response.end();
    const token = { access_token: 'access.token~of-a-machine', token_type: 'bearer' };
    return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(token));
  });
  folder = mkdtempSync(join(tmpdir(), 'preview-'));
  // A curl that keeps what it was called with, each word ended by a NUL.
  writeFileSync(join(folder, 'curl'), `#!/bin/sh\nprintf '%s\\0' "$@" > words\n`);
  chmodSync(join(folder, 'curl'), 0o755);
});
after(async () => {
  await both.close();
  await receiver.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => (receiver.calls.length = 0));

const credentials = () => ({
  headers: { headers: [{ key: '$HEADER_1', value: secrets.HEADER_1 }, { key: 'X-Api-Secret', value: secrets.HEADER_2 }] },
  basic: { username: 'nörd$(id)', password: `"'\`✓` },
  token: { key: '$TOKEN', value: secrets.TOKEN },
  aws4: { accessKey: 'AKIADEMO000000000001', secretKey: 'a/secret', region: 'eu-west-1', service: 'execute-api', baseEndpoint: 'https://api.example.com/base' },
  'hmac-sha256': { clientId: `$(id) "ü" 'x' $HMAC_SIGNATURE`, clientSecret: 'a secret' },
  none: undefined,
  oauth2: { grantType: 'client_credentials', tokenUrl: `${receiver.url}/token`, clientId: 'machine', clientSecret: 'a secret', clientAuthentication: 'post' },
});
const types = ['headers', 'basic', 'token', 'aws4', 'hmac-sha256', 'none', 'oauth2'];

const inputOf = (type, more = {}) => ({
  ...{ name: 'Previewed', events: ['site.archived'], method: 'POST', contentType: 'application/json', test: false, active: true },
  url: `${receiver.url}/in?a=1&b=2`,
  headers: [{ key: 'X-Tenant', value: '7' }],
  authentication: { type, organizationSpecific: false, credentials: [credentials()[type]].filter(Boolean) },
  ...more,
});
const sample = { type: 'site.archived', data: { id: 42, name: 'Zähler ✓ <b>&', none: null, list: [1, { a: true }, []], empty: {} }, '2 b': hostile, '2_b': 'twice' };

/** A request line by line, without what is the sender's. */
const lines = (method, path, headers, body) => [
  `${method} ${path}`,
  ...headers.filter(([key]) => !ofTheSender.has(key.toLowerCase())).map(([key, value]) => `${key}: ${value}`),
  '',
  body,
];
const arrived = ({ method, path, rawHeaders, body }) =>
  lines(method, path, rawHeaders.flatMap((key, index) => (index % 2 ? [] : [[key, rawHeaders[index + 1]]])), body);

/** What the host sends, as the receiver gets it. */
async function sentByHost(input, payload) {
  const { status, text, body } = await maya.call('POST', '/webhooks/test', { body: { input, eventType: 'site.archived', payload } });
  assert.equal(status, 200, text);
  assert.equal(body.outcome, 'succeeded', text);
  return arrived(receiver.calls.at(-1));
}

const literally = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const variable = new RegExp(`\\$(${Object.keys(variables).sort((a, b) => b.length - a.length).join('|')})\\b`);

/** Holds a preview against what was sent, line by line. Returns what the host put in place of the variables. */
function assertShown({ method, url, headers, body }, sent) {
  const values = {};
  const { pathname, search } = new URL(url);
  const shown = lines(method, pathname + search, headers.map(({ key, value }) => [key, value]), body);
  const open = new Set(headers.filter((one) => one.open).map(({ key, value }) => `${key}: ${value}`));
  const said = shown.map((line, index) => {
    if (!open.has(line) || sent[index] === undefined) return line;
    const nameEnd = line.indexOf(': ');
    const parts = line.slice(nameEnd).split(variable);
    const pattern = parts.map((part, at) => (at % 2 ? `(${variables[part]})` : literally(part))).join('');
    const found = new RegExp(`^${literally(line.slice(0, nameEnd))}${pattern}$`).exec(sent[index]);
    if (!found) return line;
    parts.filter((_, at) => at % 2).forEach((name, at) => {
      // One variable is one value, or a command with it could not be filled in.
      assert.equal(values[name] ?? found[at + 1], found[at + 1], name);
      values[name] = found[at + 1];
    });
    return sent[index];
  });
  assert.deepEqual(said, sent);
  return values;
}

/** Runs a command by a shell, with values for its variables. */
function run(command, values, path) {
  const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8', env: { ...values, PATH: path, HOME: folder, NO_PROXY: '*' } });
  assert.equal(status, 0, stderr);
  assert.equal(existsSync(join(folder, 'pwned')), false, 'the shell ran what was written by a person');
}

/** The request that curl would make of its words, as its manual has it. */
function requestOf(words) {
  const found = { headers: [] };
  const take = {
    '--globoff': () => (found.globoff = true),
    '--request': () => (found.method = words.shift()),
    '--url': () => (found.url = words.shift()),
    '--header': () => found.headers.push(words.shift()),
    '--data-raw': () => (found.body = words.shift()),
  };
  while (words.length) {
    const option = words.shift();
    assert.ok(Object.hasOwn(take, option), `no option of the command: ${option}`);
    take[option]();
  }
  assert.equal(found.globoff, true);
  const { host, pathname, search, href } = new URL(found.url);
  assert.equal(href, found.url);
  const headers = found.headers.map((one) => {
    assert.ok(!one.startsWith('@'), 'a file');
    if (one.endsWith(';') && !one.includes(': ')) return [one.slice(0, -1), ''];
    const at = one.indexOf(': ');
    return [one.slice(0, at), one.slice(at + 2)];
  });
  const hasHost = headers[0]?.[0] === 'Host';
  return lines(found.method, pathname + search, [...(hasHost ? [] : [['Host', host]]), ...headers], found.body);
}

function assertCopied(preview, sent, values) {
  run(curlOf(preview), values, [folder, '/usr/bin', '/bin'].join(delimiter));
  const words = readFileSync(join(folder, 'words'), 'utf8').split('\0').slice(0, -1);
  assert.deepEqual(requestOf(words), sent);
}

describe('the preview of a request, and its command for curl', () => {
  for (const type of types)
    it(`with ${type} have what the receiver gets, whatever the method and the content type`, async () => {
      for (const method of methods)
        for (const contentType of contentTypes) {
          const input = inputOf(type, { method, contentType });
          const sent = await sentByHost(input, sample);
          const preview = previewRequest(input, sample);
          const values = assertShown(preview, sent);
          for (const [name, value] of Object.entries(secrets)) assert.equal(values[name] ?? value, value, name);
          assertCopied(preview, sent, values);
        }
    });

  it('have the bearer of OAuth2 in the place of what the provider handed out', async () => {
    const input = inputOf('oauth2');
    const values = assertShown(previewRequest(input, sample), await sentByHost(input, sample));
    assert.equal(values.ACCESS_TOKEN, 'access.token~of-a-machine');
  });

  it('have the credential of the organization', async () => {
    const authentication = {
      type: 'token',
      organizationSpecific: true,
      credentials: ['org_2', 'org_1'].map((organizationId) => ({ organizationId, key: `X-${organizationId}`, value: secrets.TOKEN })),
    };
    const input = inputOf('token', { authentication });
    assertShown(previewRequest(input, sample), await sentByHost(input, sample));
  });

  for (const path of ['', '/', '/a b/ü/✓', '/%7e/./x/../y', '/?q=a b+c&ü=\'"<>`', "/it's/$(id)/`id`/$HOME/{a,b}/[1-3]/@x/-o;x!*?y='$TOKEN'&z={c,d}"])
    it(`have the address as it is called: ${JSON.stringify(path)}`, async () => {
      const input = inputOf('none', { url: `${receiver.url}${path}` });
      const sent = await sentByHost(input, sample);
      const preview = previewRequest(input, sample);
      assertCopied(preview, sent, assertShown(preview, sent));
    });

  it('have what a shell or curl would take for more than text as it was written', async () => {
    const named = hostileNames.map((key, index) => ({ key, value: hostile[index % hostile.length] }));
    const valued = hostile.map((value, index) => ({ key: `X-${index}`, value }));
    const headers = [...named, ...valued];
    for (const contentType of contentTypes) {
      const payload = { ...Object.fromEntries([...hostile, 'a\nb\r\u0000', '✓ü\u{1f511}'].map((one, index) => [`v${index}`, one])), ...Object.fromEntries(hostile.map((one) => [one, 1])) };
      const input = inputOf('aws4', { headers, contentType });
      const sent = await sentByHost(input, payload);
      const preview = previewRequest(input, payload);
      assertCopied(preview, sent, assertShown(preview, sent));
    }
  });
});

// Where it is at hand; what a shell hands over to it is tested everywhere.
const curl = ['/usr/bin/curl', '/bin/curl', '/opt/homebrew/bin/curl', '/usr/local/bin/curl'].find((file) => existsSync(file));
if (curl)
  describe(`the curl that is here (${/^curl \S+/.exec(execFileSync(curl, ['--version'], { encoding: 'utf8' }))[0]})`, () => {
    for (const type of types)
      it(`with ${type} sends what the host sends`, async () => {
        const headers = [...hostileNames, ...hostile.map((_, index) => `X-${index}`)].map((key, index) => ({ key, value: hostile[index % hostile.length] }));
        const own = type === 'headers' || type === 'token' ? headers.filter(({ key }) => key !== '$HEADER_1' && key !== '$TOKEN') : headers;
        for (const contentType of contentTypes) {
          const url = `${receiver.url}/it's/$(id)/ü {a,b}/[1-3]?y='$TOKEN'`;
          const input = inputOf(type, { headers: own, contentType, url });
          const sent = await sentByHost(input, sample);
          const preview = previewRequest(input, sample);
          const values = assertShown(preview, sent);
          const count = receiver.calls.length;
          // Beside this process, which is the receiver, too.
          const env = { ...values, PATH: [join(curl, '..'), '/usr/bin', '/bin'].join(delimiter), HOME: folder, NO_PROXY: '*' };
          const child = spawn('sh', ['-c', curlOf(preview)], { cwd: folder, env, stdio: 'ignore' });
          assert.equal(await new Promise((resolve) => child.once('exit', resolve)), 0);
          assert.equal(receiver.calls.length, count + 1);
          assert.deepEqual(arrived(receiver.calls.at(-1)), sent);
        }
        assert.equal(existsSync(join(folder, 'pwned')), false);
      });
  });

describe('the body in a preview', () => {
  it('is what the host makes of any payload', () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'medium' }), fc.constantFrom(...contentTypes), (payload, contentType) => {
        const { body } = previewRequest(inputOf('none', { contentType }), payload);
        assert.equal(body, serialize(contentType, payload));
      }),
      { numRuns: 500, examples: ['\ud800 \u0000', -0, null, [], {}, { '': 1 }, { 'a b': 1, c: 2, 'a+b': 3 }].flatMap((payload) => contentTypes.map((type) => [payload, type])) },
    );
  });
});
