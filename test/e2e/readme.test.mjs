// Everything in the README that a reader may copy is run here as it stands there.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { createMemoryAdapter } from '../../dist/adapters/memory.js';
import { readListItem } from '../../dist/core/index.js';
import { startHttpHost } from '../helpers/http-host.mjs';
import { launchBrowser, openPage } from './helpers/browser.mjs';
import { Modal, openAddWebhook, rowOf } from './helpers/widget.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const packageJson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
// Inside node_modules, so that a copied snippet finds the frameworks; with the package under its own name.
const project = join(root, 'node_modules/.readme');

/** The code blocks of one language, in their order. */
const blocks = (language) => [...readme.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].filter((one) => one[1] === language).map((one) => one[2]);
/** The only block of a language that has this text in it. */
function block(language, text) {
  const found = blocks(language).filter((code) => code.includes(text));
  assert.equal(found.length, 1, `one ${language} block with “${text}”`);
  return found[0];
}

const types = { '.js': 'text/javascript', '.css': 'text/css' };
let browser, host, server, url, pages, page, problems, messages, close;

before(async () => {
  browser = await launchBrowser();
  server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://page.invalid');
    if (pathname.startsWith('/api/')) {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !/^(host|connection|content-length)$/.test(name)));
      const answer = await fetch(`${host.baseUrl}${request.url.slice(4)}`, {
        method: request.method,
        headers,
        body: chunks.length ? Buffer.concat(chunks) : undefined,
      });
      const kept = [...answer.headers].filter(([name]) => !/^(content-encoding|content-length|transfer-encoding)$/.test(name));
      return response.writeHead(answer.status, Object.fromEntries(kept)).end(Buffer.from(await answer.arrayBuffer()));
    }
    const file = pathname.startsWith('/cdn/') ? join(root, 'dist', pathname) : join(project, 'dist', pathname);
    const body = pages[pathname] ?? (existsSync(file) && extname(file) ? readFileSync(file) : undefined);
    if (pathname === '/favicon.ico') return response.writeHead(204).end();
    return body === undefined
      ? response.writeHead(404).end()
      : response.writeHead(200, { 'Content-Type': types[extname(pathname)] ?? 'text/html; charset=utf-8' }).end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${server.address().port}/`;
});
after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
  rmSync(project, { recursive: true, force: true });
});
beforeEach(async () => {
  host = await startHttpHost({ adapter: createMemoryAdapter() });
  pages = {};
  rmSync(project, { recursive: true, force: true });
  mkdirSync(join(project, 'node_modules'), { recursive: true });
  symlinkSync(root, join(project, 'node_modules/webhook-settings'), 'junction');
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
  ({ page, problems, messages, close } = await openPage(browser));
});
afterEach(async () => {
  await close();
  await host.close();
});

const html = (body) => `<!doctype html><html lang="en"><head><title>Host</title></head><body>${body}</body></html>`;

/** Builds a page from files as a reader's project would, and shows it. */
async function bundle(files, options = { configFile: false }) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text);
  writeFileSync(join(project, 'index.html'), html('<div id="app"></div><script type="module" src="./main.js"></script>'));
  await build({ root: project, logLevel: 'silent', ...options });
  pages['/'] = readFileSync(join(project, 'dist/index.html'));
  await page.goto(url);
}

async function addOne(name) {
  const modal = await openAddWebhook(page);
  await modal.fillWebhook({ name });
  await modal.chooseType('none');
  await modal.save();
  await modal.root.waitFor({ state: 'hidden' });
  await rowOf(page, name).waitFor();
}

const stored = async () => (await host.adapter.list({ limit: 9 }, { signal: new AbortController().signal })).items.map(({ name }) => name);

describe('in the README', () => {
  it('one script tag is enough, and keeps what was added', async () => {
    pages['/'] = html(block('html', 'createLocalAdapter'));
    await page.goto(url);
    await addOne('By one tag');
    await page.reload();
    await rowOf(page, 'By one tag').waitFor();
    assert.deepEqual(problems, []);
  });

  it('what is fetched ahead is fetched once, and is what the list waits for', async () => {
    pages['/'] = html(block('html', 'createLocalAdapter')).replace('</head>', `${block('html', 'modulepreload')}</head>`);
    const asked = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(url);
    await page.getByText('No webhooks yet').waitFor();
    assert.deepEqual(asked.filter((path) => path === '/cdn/list.js' || path === '/cdn/webhook-settings.js').sort(), ['/cdn/list.js', '/cdn/webhook-settings.js']);
    // Else the browser says that what was fetched ahead is not used.
    assert.deepEqual(problems, []);
  });

  it('a bundler takes the package, and the REST adapter reaches the API', async () => {
    await bundle({ 'main.js': block('js', "from 'webhook-settings/adapters/rest'") });
    await addOne('By a bundler');
    assert.deepEqual(await stored(), ['By a bundler']);
    assert.ok(messages.some((message) => message.includes('By a bundler')), 'the listener logs the name');
  });

  it('React renders it and hears of what was created', async () => {
    await bundle(
      {
        'webhooks.jsx': block('jsx', 'webhook-settings'),
        'main.js': `import { createElement } from 'react';
          import { createRoot } from 'react-dom/client';
          import { Webhooks } from './webhooks.jsx';
          const onCreated = ({ name }) => { document.title = name; };
          createRoot(document.querySelector('#app')).render(createElement(Webhooks, { onCreated }));`,
      },
      { configFile: false, oxc: { jsx: { runtime: 'automatic' } } },
    );
    await addOne('By React');
    assert.equal(await page.title(), 'By React');
    assert.deepEqual(await stored(), ['By React']);
  });

  it('Vue renders it, configured as it says, and hears of what was created', async () => {
    await bundle(
      {
        'vite.config.js': block('js', 'isCustomElement'),
        'webhooks.vue': block('vue', 'webhook-settings'),
        'main.js': `import { createApp, h } from 'vue';
          import Webhooks from './webhooks.vue';
          createApp(() => h(Webhooks, { onCreated: ({ name }) => { document.title = name; } })).mount('#app');`,
      },
      { configFile: join(project, 'vite.config.js') },
    );
    await addOne('By Vue');
    assert.equal(await page.title(), 'By Vue');
    assert.deepEqual(await stored(), ['By Vue']);
  });

  it('the modal works alone', async () => {
    pages['/'] = html(block('html', 'webhook-submit'));
    await page.goto(url);
    await page.getByRole('button', { name: 'New webhook' }).click();
    const modal = new Modal(page);
    await modal.fillWebhook({ name: 'By the modal alone' });
    await modal.chooseType('none');
    await modal.save();
    await modal.root.waitFor({ state: 'hidden' });
    assert.deepEqual(await stored(), ['By the modal alone']);
  });

  it('the webhook is one that the schemas take', () => {
    const item = readListItem(JSON.parse(block('json', '"authentication"')));
    assert.ok('webhook' in item, JSON.stringify(item));
  });

  it('the adapter of one’s own lists, searches, filters and creates', async () => {
    await bundle({
      'adapter.js': block('js', 'export const adapter'),
      'main.js': `import 'webhook-settings/define';
        import { adapter } from './adapter.js';
        const settings = document.createElement('webhook-settings');
        settings.adapter = adapter;
        document.body.append(settings);`,
    });
    await addOne('By an adapter of one’s own');
    assert.deepEqual(await stored(), ['By an adapter of one’s own']);
    // Each control of the list does something.
    await page.getByRole('searchbox', { name: 'Search webhooks' }).fill('nothing of the kind');
    await page.getByText('No webhook matches').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).first().click();
    await rowOf(page, 'By an adapter of one’s own').waitFor();
    await page.getByRole('combobox', { name: 'Status' }).selectOption('Inactive');
    await page.getByText('No webhook matches').waitFor();
  });

  it('the contract suite runs as it stands there, and passes', () => {
    writeFileSync(join(project, 'contract.test.js'), block('js', 'describeAdapterContract'));
    writeFileSync(
      join(project, 'globals.js'),
      "import { afterEach, beforeEach, describe, it } from 'node:test'; Object.assign(globalThis, { afterEach, beforeEach, describe, it });",
    );
    // Else it would report to the runner of this file instead of saying how it went.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'NODE_TEST_CONTEXT'));
    const said = execFileSync(process.execPath, ['--import', './globals.js', '--test-reporter=tap', 'contract.test.js'], {
      cwd: project,
      env,
      encoding: 'utf8',
    });
    assert.match(said, /# fail 0/);
    assert.ok(Number(/# pass (\d+)/.exec(said)[1]) > 10, said);
  });

  it('the rules say on a server what the README says they do', async () => {
    const code = block('js', 'isPublicAddress');
    const said = code.split('\n').filter((line) => line.includes('; //'));
    assert.equal(said.length, 3);
    const names = said.map((line) => line.slice(0, line.indexOf('; //')));
    writeFileSync(
      join(project, 'rules.js'),
      `${code.split('\n').filter((line) => !line.includes('; //')).join('\n')}\nexport default [${names.join(', ')}];`,
    );
    const { default: values } = await import(pathToFileURL(join(project, 'rules.js')).href);
    const [success, findings, isPublic] = values;
    assert.match(said[0], new RegExp(`// ${success}`));
    assert.equal(findings.length, 1);
    const [{ path, code: finding, severity }] = findings;
    assert.ok(said[1].includes(`[{ path: '${path}', code: '${finding}', severity: '${severity}', … }]`), said[1]);
    assert.match(said[2], new RegExp(`// ${isPublic}`));
  });

  it('the styles reach what they name', async () => {
    pages['/'] = html(`<style>${block('css', '::part')}</style>${block('html', 'createLocalAdapter')}`);
    await page.goto(url);
    const style = (locator, property) => locator.evaluate((element, name) => getComputedStyle(element)[name], property);
    await page.getByText('No webhooks yet').waitFor();
    assert.equal(await style(page.getByRole('heading', { name: 'Webhooks', exact: true }), 'fontSize'), '32px');
    const add = page.getByRole('button', { name: 'Add Webhook' });
    assert.equal(await style(add, 'backgroundColor'), 'rgb(109, 40, 217)');
    assert.equal(await style(add, 'borderTopLeftRadius'), '10px');
    assert.match(await style(add, 'fontFamily'), /^Georgia/);
    const modal = await openAddWebhook(page);
    assert.equal(await style(modal.root.getByRole('button', { name: 'Save', exact: true }), 'textTransform'), 'uppercase');
  });

  it('the slots take the host’s own words', async () => {
    const markup = block('html', 'slot="denied"').replace('<webhook-settings>', '<webhook-settings access="denied">');
    pages['/'] = html(`${markup}<script type="module" src="./cdn/webhook-settings.js"></script>`);
    await page.goto(url);
    await page.getByRole('heading', { name: 'Webhooks' }).waitFor();
    assert.ok(await page.getByText('Ask your workspace owner').isVisible());
    assert.ok(await page.getByRole('link', { name: 'How to verify a call' }).isVisible());
    assert.ok(!(await page.getByText('Only an Organization Admin').isVisible()));
    assert.ok(!(await page.getByRole('link', { name: 'Talk to us' }).isVisible()));
  });

  it('each command is one that the package has', () => {
    const commands = blocks('sh').join('').match(/npm (?:run )?[\w:]+/g);
    assert.ok(commands.length >= 4);
    for (const command of commands) {
      const name = command.replace(/^npm (run )?/, '');
      assert.ok(['ci', 'pack', 'install'].includes(name) || packageJson.scripts[name], command);
    }
    assert.ok(readme.includes(`${packageJson.name}-${packageJson.version}.tgz`));
    for (const [, name] of readme.matchAll(/`npm run ([\w:]+)`/g)) assert.ok(packageJson.scripts[name], name);
  });

  it('each link and picture leads somewhere', () => {
    const slug = (heading) => heading.toLowerCase().replace(/[^\w\s-]/g, '').trim().replace(/\s/g, '-');
    const slugs = [...readme.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => slug(heading));
    const anchors = slugs.map((one, index) => {
      const before = slugs.slice(0, index).filter((other) => other === one).length;
      return before ? `${one}-${before}` : one;
    });
    for (const [, target] of readme.matchAll(/\]\(([^)]+)\)/g)) {
      if (/^https:/.test(target)) continue;
      if (target.startsWith('#')) assert.ok(anchors.includes(target.slice(1)), target);
      else assert.ok(existsSync(join(root, target)), target);
    }
  });

  it('the table of properties is the manifest’s', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'custom-elements.json'), 'utf8'));
    const element = manifest.modules.flatMap(({ declarations = [] }) => declarations).find(({ name }) => name === 'WebhookSettings');
    const properties = element.members.filter(({ kind, privacy, static: isStatic }) => kind === 'field' && privacy !== 'private' && !isStatic);
    const table = readme.slice(readme.indexOf('## `<webhook-settings>`'), readme.indexOf('## `<add-webhook-modal>`'));
    const rows = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
    assert.deepEqual(rows.sort(), properties.map(({ name }) => name).sort());
  });
});
