// The host as a tool of an attacker: which addresses it can be brought to call, and how much of an answer it takes.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { sampleWebhookInput } from '../../dist/testing/index.js';
import { checkUrl, hasError } from '../../dist/core/index.js';
import { signIn, startBoth } from './helpers/host.mjs';
import { startReceiver } from './helpers/receiver.mjs';

const { send } = await import('../../demo/host/delivery/send.ts');
const vectors = JSON.parse(readFileSync(new URL('../vectors/endpoint-urls.json', import.meta.url), 'utf8'));

const limits = { timeoutMs: 500, maxResponseBytes: 1000, allowLoopback: false };
const call = (url, options = {}) => send({ method: 'POST', url: new URL(url), headers: [], body: 'x' }, { ...limits, ...options });
const code = (promise) => promise.then((answer) => `answer ${answer.status}`, (error) => error.code);

describe('an endpoint URL', () => {
  let both, maya;
  before(async () => {
    // Without the demo's switch.
    both = await startBoth({ allowLoopback: false });
    maya = await signIn(both.host.url, 'maya');
  });
  after(() => both.close());

  it('has the same verdict on the host as in the form, for each vector', async () => {
    assert.ok(vectors.cases.length > 50);
    for (const { url, expect } of vectors.cases) {
      const body = { ...sampleWebhookInput('none'), url };
      const { status, body: answer } = await maya.call('POST', '/webhooks', { body });
      const refused = status === 422 && answer.errors.some(({ pointer }) => pointer === '#/url');
      assert.equal(refused, hasError(checkUrl(url)), url);
      assert.equal(refused, expect === 'deny', url);
    }
  });

  for (const [type, address] of [
    ['oauth2', 'tokenUrl'],
    ['oauth2', 'authorizationUrl'],
    ['aws4', 'baseEndpoint'],
  ])
    it(`has the same verdict as ${address}`, async () => {
      for (const { url, expect } of vectors.cases) {
        const body = sampleWebhookInput(type);
        body.authentication.credentials[0][address] = url;
        const { status, body: answer } = await maya.call('POST', '/webhooks', { body });
        const refused = status === 422 && answer.errors.some(({ pointer }) => pointer === `#/authentication/credentials/0/${address}`);
        assert.equal(refused, expect === 'deny', url);
      }
    });

  it('on this machine is refused without the switch, also of a token endpoint', async () => {
    const input = sampleWebhookInput('oauth2');
    input.authentication.credentials[0].tokenUrl = 'http://127.0.0.1:9/token';
    const { status, body } = await maya.call('POST', '/webhooks', { body: input });
    assert.equal(status, 422);
    assert.deepEqual([...new Set(body.errors.map(({ pointer }) => pointer))], ['#/authentication/credentials/0/tokenUrl']);
  });
});

describe('a call', () => {
  let receiver;
  before(async () => {
    receiver = await startReceiver();
  });
  after(() => receiver.close());

  it('is not made to a private address, however it is written', async () => {
    for (const url of ['https://127.0.0.1/', 'https://[::1]/', 'https://10.1.2.3/', 'https://169.254.169.254/latest/', 'https://[::ffff:127.0.0.1]/', 'https://0x7f.1/', 'http://example.com/'])
      assert.equal(await code(call(url)), 'refused-address', url);
  });

  it('is not made to a public name that answers with a private address, at any time', async () => {
    for (const address of ['127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', 'fd00::1', '::ffff:10.0.0.1', '64:ff9b::7f00:1'])
      assert.equal(await code(call('https://rebind.example.com/', { resolve: async () => [{ address, family: address.includes(':') ? 6 : 4 }] })), 'refused-address', address);
    // Public when the form asked, private when it is dialled.
    let asked = 0;
    const resolve = async () => [{ address: asked++ ? '127.0.0.1' : '203.0.114.1', family: 4 }];
    await resolve();
    const { port } = new URL(receiver.url);
    assert.equal(await code(call(`https://rebind.example.com:${port}/`, { resolve })), 'refused-address');
    assert.equal(receiver.calls.length, 0);
  });

  it('with the switch reaches this machine, and no other private address', async () => {
    assert.equal(await code(call(`${receiver.url}/`, { allowLoopback: true })), 'answer 200');
    for (const url of ['http://10.0.0.1/', 'https://192.168.0.1/', 'https://[fd00::1]/']) assert.equal(await code(call(url, { allowLoopback: true })), 'refused-address', url);
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    assert.equal(await code(call('https://rebind.example.com/', { allowLoopback: true, resolve })), 'refused-address');
  });

  it('follows no redirect', async () => {
    receiver.answer = (_, response) => response.writeHead(302, { location: `${receiver.url}/other` }).end();
    const before = receiver.calls.length;
    assert.equal(await code(call(`${receiver.url}/`, { allowLoopback: true })), 'answer 302');
    assert.equal(receiver.calls.length, before + 1);
  });

  it('takes no longer and no more than it may', async () => {
    receiver.answer = () => {};
    assert.equal(await code(call(`${receiver.url}/`, { allowLoopback: true, timeoutMs: 50 })), 'timeout');
    // A byte now and then does not keep it alive.
    receiver.answer = (_, response) => {
      const drip = setInterval(() => response.write('x'), 10);
      response.on('close', () => clearInterval(drip));
    };
    assert.equal(await code(call(`${receiver.url}/`, { allowLoopback: true, timeoutMs: 100 })), 'timeout');
    receiver.answer = (_, response) => response.end('x'.repeat(100_000));
    const answer = await call(`${receiver.url}/`, { allowLoopback: true });
    assert.deepEqual([answer.tooLarge, answer.body.length], [true, 1000]);
    receiver.answer = (_, response) => response.setHeader('x-large', 'x'.repeat(60_000)).end();
    assert.equal(await code(call(`${receiver.url}/`, { allowLoopback: true })), 'connection');
  });

  it('ends where the receiver switches protocols, closes without a word, or has a name that never resolves', async () => {
    const answering = async (answer) => {
      const sockets = new Set();
      const server = createServer((socket) => {
        sockets.add(socket);
        socket.on('error', () => {});
        socket.once('data', () => answer(socket));
      });
      await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
      const result = await code(call(`http://127.0.0.1:${server.address().port}/`, { allowLoopback: true }));
      const closed = Promise.all([...sockets].map((socket) => socket.closed || once(socket, 'close')));
      server.close();
      // It is not kept open either.
      await closed;
      return result;
    };
    const switching = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: foo\r\nConnection: Upgrade\r\n\r\n';
    assert.equal(await answering((socket) => socket.write(switching)), 'answer 101');
    assert.equal(await answering((socket) => socket.write(`${switching}and more`)), 'answer 101');
    assert.equal(await answering((socket) => socket.end()), 'connection');
    assert.equal(await answering((socket) => socket.write('HTTP/1.1 100 Continue\r\n\r\n')), 'timeout');
    assert.equal(await answering((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nno')), 'connection');
    assert.equal(await code(call('https://slow.example.com/', { resolve: () => new Promise(() => {}), timeoutMs: 50 })), 'timeout');
  });

  it('says what went wrong: name, connection, certificate', async () => {
    const failed = Object.assign(new Error(), { code: 'ENOTFOUND' });
    assert.equal(await code(call('https://nowhere.example.com/', { resolve: () => Promise.reject(failed) })), 'dns');
    const gone = await startReceiver();
    await gone.close();
    assert.equal(await code(call(`${gone.url}/`, { allowLoopback: true })), 'connection');
    assert.equal(await code(call(receiver.url.replace('http:', 'https:'), { allowLoopback: true })), 'tls');
    const both = await startBoth();
    const { localNames } = both.receivers;
    const other = { ...localNames, ca: undefined };
    assert.equal(await code(call('https://hooks.receivers.example/hooks/other', { allowLoopback: true, localNames: other })), 'tls');
    assert.equal(await code(call('https://hooks.receivers.example/hooks/other', { allowLoopback: true, localNames: { ...localNames, suffix: 's.example' } })), 'answer 401');
    await both.close();
  });
});
