// A web-test-runner launcher for WebKitGTK: MiniBrowser on a screen of its own (Xvfb), driven by WebKitWebDriver.
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** How long Xvfb and the driver may take to answer, in milliseconds. */
const PATIENCE = 20_000;

/** The keys with a code of their own in WebDriver (https://www.w3.org/TR/webdriver2/#keyboard-actions), by puppeteer's names. */
const KEYS = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  Space: ' ',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Insert: '\uE016',
  Delete: '\uE017',
  Meta: '\uE03D',
};

function keyCode(key) {
  if (key in KEYS) return KEYS[key];
  if ([...key].length !== 1) throw new Error(`Unknown key: “${key}”`);
  return key;
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const { port } = server.address();
        server.close(() => resolve(port));
      });
  });

/** Xvfb writes the number of the display that it found free to file descriptor 3. */
const displayOf = (xvfb) =>
  new Promise((resolve, reject) => {
    xvfb.stdio[3].once('data', (data) => resolve(`:${String(data).trim()}`));
    xvfb.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
  });

/** GTK's settings, in a folder of their own: without the toolbar's least width a window can be 320 px wide. */
function writeSettings() {
  const folder = mkdtempSync(join(tmpdir(), 'webkit-launcher-'));
  mkdirSync(join(folder, 'gtk-3.0'));
  writeFileSync(
    join(folder, 'gtk-3.0', 'gtk.css'),
    '* { min-width: 0; padding: 0; margin: 0; border: 0; font-size: 1px; -gtk-icon-transform: scale(.01); }',
  );
  return folder;
}

class WebDriver {
  #base;
  #session = '';

  constructor(port) {
    this.#base = `http://127.0.0.1:${port}`;
  }

  async call(path, body, method = body === undefined ? 'GET' : 'POST') {
    const response = await fetch(`${this.#base}${this.#session}${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`WebDriver ${path}: ${value?.error}: ${value?.message}`);
    return value;
  }

  async open(binary) {
    this.#session = '';
    for (const deadline = Date.now() + PATIENCE; ; await sleep(50)) {
      try {
        await this.call('/status');
        break;
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
    }
    const alwaysMatch = { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary, args: ['--automation'] } };
    const { sessionId } = await this.call('/session', { capabilities: { alwaysMatch } });
    this.#session = `/session/${sessionId}`;
  }

  close() {
    return this.#session ? this.call('', undefined, 'DELETE') : undefined;
  }

  evaluate(run, ...args) {
    return this.call('/execute/sync', { script: `return (${String(run)})(...arguments)`, args });
  }

  act(type, ...actions) {
    return this.call('/actions', { actions: [{ type, id: type, actions }] });
  }
}

/** As much of puppeteer's page as the commands of @web/test-runner-commands use. */
function pageOf(driver, toolbar) {
  const keyDown = (key) => ({ type: 'keyDown', value: keyCode(key) });
  const keyUp = (key) => ({ type: 'keyUp', value: keyCode(key) });
  const moveTo = (x, y) => ({ type: 'pointerMove', duration: 0, x: Math.round(x), y: Math.round(y) });
  const button = (type, { button: name = 'left' } = {}) => ({ type, button: ['left', 'middle', 'right'].indexOf(name) });
  const held = new Set();
  return {
    keyboard: {
      down: (key) => driver.act('key', keyDown(key)),
      up: (key) => driver.act('key', keyUp(key)),
      press: (key) => driver.act('key', keyDown(key), keyUp(key)),
      type: (text) => driver.act('key', ...[...text].flatMap((key) => [keyDown(key), keyUp(key)])),
    },
    mouse: {
      move: (x, y) => driver.act('pointer', moveTo(x, y)),
      down: (options) => {
        held.add(options?.button);
        return driver.act('pointer', button('pointerDown', options));
      },
      up: (options) => {
        held.delete(options?.button);
        return driver.act('pointer', button('pointerUp', options));
      },
      click: (x, y, options) => driver.act('pointer', moveTo(x, y), button('pointerDown', options), button('pointerUp', options)),
      async reset() {
        // To release the actions lets the driver forget a held button, and leaves it down in the page.
        for (const name of held) await driver.act('pointer', button('pointerUp', { button: name }));
        held.clear();
        await driver.call('/actions', undefined, 'DELETE');
        await driver.act('pointer', moveTo(0, 0));
      },
    },
    async setViewport({ width, height }) {
      const innerSize = () => driver.evaluate('() => [innerWidth, innerHeight]');
      await driver.call('/window/rect', { width, height: height + toolbar });
      // The page hears of it after the window.
      for (const deadline = Date.now() + PATIENCE; ; await sleep(20)) {
        const size = (await innerSize()).join(' × ');
        if (size === `${width} × ${height}`) return;
        if (Date.now() > deadline) throw new Error(`The viewport is ${size}, wanted ${width} × ${height}`);
      }
    },
    evaluate: (run, ...args) => driver.evaluate(run, ...args),
  };
}

/** `parts`: what findWebKit() found. */
export function webkitLauncher(parts) {
  const urls = new Map();
  const processes = [];
  let settings;
  let driver;
  let page;
  let starting;
  let openWindow;

  const start = (command, args, options) => {
    const process = spawn(command, args, { stdio: 'ignore', ...options });
    processes.push(process);
    return process;
  };

  // Also where the runner ends in the middle (Ctrl+C, a failure), so nothing here may wait. MiniBrowser ends with its display.
  const cleanUp = () => {
    for (const started of processes.splice(0)) started.kill('SIGKILL');
    if (settings) rmSync(settings, { recursive: true, force: true });
  };

  async function boot() {
    process.once('exit', cleanUp);
    // The runner itself minds Ctrl+C only; these would end it without a word to the processes started here.
    for (const [signal, status] of [['SIGTERM', 143], ['SIGHUP', 129]]) process.once(signal, () => process.exit(status));
    settings = writeSettings();
    const xvfb = start(parts.xvfb, ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const env = {
      ...process.env,
      DISPLAY: await displayOf(xvfb),
      // The other engines speak English unless told otherwise. (“C” and “C.UTF-8” sort by code point.)
      LANG: 'en_US.UTF-8',
      LC_ALL: 'en_US.UTF-8',
      LANGUAGE: 'en_US',
      GDK_BACKEND: 'x11',
      GTK_THEME: 'Adwaita',
      NO_AT_BRIDGE: '1',
      // Mesa's software renderer now and then crashes in the thread that composes layers.
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      XDG_CONFIG_HOME: settings,
    };
    const port = await freePort();
    start(parts.driver, [`--port=${port}`], { env });
    driver = new WebDriver(port);
    openWindow = () => openWindowIn(env);
    await openWindow();
  }

  async function openWindowIn(env) {
    await driver.open(parts.browser);
    // No window manager does it, and a window without X's focus has no :focus and no document.hasFocus().
    const focusWindow = ['search', '--sync', '--onlyvisible', '--class', 'MiniBrowser', 'windowfocus', '--sync'];
    await promisify(execFile)(parts.xdotool, focusWindow, { env, timeout: PATIENCE });
    // In CSS pixels: nothing is at a window's sides.
    page = pageOf(driver, await driver.evaluate('() => outerHeight - innerHeight'));
  }

  return {
    name: 'WebKit',
    // The runner's commands know three types; this one has the page that is the least work to stand in for.
    type: 'puppeteer',
    concurrency: 1,
    async startSession(id, url) {
      await (starting ??= boot());
      // After a crash of the engine the test files that follow have another window: only the one it was in fails.
      await driver.evaluate('() => 0').catch(() => openWindow());
      urls.set(id, url);
      await page.setViewport({ width: 800, height: 600 });
      await driver.call('/url', { url });
    },
    isActive: (id) => urls.has(id),
    getBrowserUrl: (id) => urls.get(id),
    getPage: () => page,
    async stopSession(id) {
      urls.delete(id);
      // Ends what still runs in the page.
      await driver.call('/url', { url: 'about:blank' }).catch((error) => console.error(error.message));
      // Coverage comes from Chromium.
      return {};
    },
    startDebugSession() {
      return Promise.reject(new Error('WebKitGTK has no debug sessions here: debug in Chromium or Firefox.'));
    },
    async stop() {
      await Promise.race([driver?.close(), sleep(PATIENCE, undefined, { ref: false })]).catch(() => {});
      cleanUp();
    },
  };
}
