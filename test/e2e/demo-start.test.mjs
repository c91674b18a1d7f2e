// `npm start`, after its setup.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const started = [];
after(() => Promise.all(started.map((child) => (child.kill(), child.exitCode ?? once(child, 'exit')))));

/** Starts the demo; resolves with the address that it prints. */
async function start(...options) {
  const child = spawn(process.execPath, ['demo/start.mjs', ...options], { cwd: root });
  started.push(child);
  let text = '';
  for await (const chunk of child.stdout) {
    text += chunk;
    const [url] = /http:\/\/\S+/.exec(text) ?? [];
    if (url) return url;
  }
  throw new Error(`It stopped without an address:\n${text}`);
}

describe('the start command', () => {
  it('prints where the demo is, takes the next free port, and serves every page', async () => {
    const first = await start('--port', '5611', '--no-open');
    const second = await start('--port', '5611');
    assert.ok(Number(new URL(first).port) >= 5611);
    assert.ok(Number(new URL(second).port) > Number(new URL(first).port));
    for (const path of ['', 'bare.html', 'modal.html', 'two.html', 'themes.html', 'csp.html', 'cdn/webhook-settings.js']) {
      const response = await fetch(new URL(path, second));
      assert.equal(response.status, 200, path);
    }
  });

  it('serves nothing from outside its folders', async () => {
    const url = await start('--port', '5631');
    for (const path of ['/cdn/%2e%2e/%2e%2e/package.json', '/cdn/..%2f..%2fpackage.json', '/csp/..%2f..%2fpackage.json', '/cdn/%00', '/csp/%E0%A4%A'])
      assert.doesNotMatch(await (await fetch(new URL(path, url))).text(), /"name": "webhook-settings"/, path);
  });
});
