// A real Chromium, and pages that remember everything that went wrong in them.
import { chromium } from 'playwright-core';
import { findChrome } from '../../../.config/browsers.mjs';

const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function launchBrowser() {
  const executablePath = findChrome();
  if (!executablePath) throw new Error('No Chromium found. Run `node .config/setup.mjs --browser`, or set CHROME_PATH.');
  return chromium.launch({ executablePath, args: [...(process.platform === 'linux' ? ['--no-sandbox'] : []), ...flags] });
}

/** What the demo's development server says of itself; the library is not in it. */
const expected = [/Lit is in dev mode/, /^\[vite\]/];

/**
 * Opens a page in a browser context of its own: no storage, no cache.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {import('playwright-core').BrowserContextOptions} [options]
 * @returns {Promise<{ page: import('playwright-core').Page, problems: string[], messages: string[], close(): Promise<void> }>}
 *   `problems`: console errors and warnings, uncaught errors, refused by a policy; `messages`: all that was logged.
 */
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const problems = [];
  const messages = [];
  page.on('console', (message) => {
    const text = message.text();
    messages.push(text);
    const isProblem = ['error', 'warning'].includes(message.type()) && !expected.some((pattern) => pattern.test(text));
    if (isProblem) problems.push(`console.${message.type()}: ${text}`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  await page.exposeFunction('reportViolation', (text) => problems.push(`policy: ${text}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
      globalThis.reportViolation(`${violatedDirective} ${blockedURI} ${sample}`);
    });
  });
  return { page, problems, messages, close: () => context.close() };
}
