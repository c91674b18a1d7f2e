// The engines that the browser tests run in, and where each is on this machine.
// Plain Node: setup.mjs needs it before anything from node_modules is there.
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const { env, platform } = process;
const existing = (path) => (existsSync(path) ? path : undefined);
const firstOf = (paths) => paths.find((path) => existsSync(path));

const onPath = (...names) =>
  firstOf(
    (env.PATH ?? '')
      .split(delimiter)
      .filter(Boolean)
      .flatMap((folder) => names.map((name) => join(folder, platform === 'win32' ? `${name}.exe` : name))),
  );

/** Where macOS and Windows keep applications; elsewhere they are on the PATH. */
function installed(macApps, windowsPaths) {
  if (platform === 'darwin')
    return firstOf(
      ['/Applications', join(env.HOME ?? '', 'Applications')].flatMap((folder) =>
        Object.entries(macApps).map(([app, executable]) => `${folder}/${app}.app/Contents/MacOS/${executable}`),
      ),
    );
  if (platform === 'win32')
    return firstOf(
      [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
        .filter(Boolean)
        .flatMap((folder) => windowsPaths.map((path) => join(folder, path))),
    );
  return undefined;
}

/** The path of a Chromium-based browser: CHROME_PATH, else the usual places; undefined when there is none. */
export function findChrome() {
  if (env.CHROME_PATH) return existing(env.CHROME_PATH);
  return (
    installed(
      { 'Google Chrome': 'Google Chrome', Chromium: 'Chromium', 'Microsoft Edge': 'Microsoft Edge' },
      ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'],
    ) ?? onPath('chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge')
  );
}

/** The path of Firefox: FIREFOX_PATH, else the usual places; undefined when there is none. */
export function findFirefox() {
  if (env.FIREFOX_PATH) return existing(env.FIREFOX_PATH);
  return installed({ Firefox: 'firefox' }, ['Mozilla Firefox\\firefox.exe']) ?? onPath('firefox-esr', 'firefox');
}

/** WebKitGTK's small browser lies beside its library, in a folder that has the architecture in its name. */
function findMiniBrowser() {
  const inLib = existsSync('/usr/lib') ? readdirSync('/usr/lib').filter((name) => name.includes('-linux-')) : [];
  const folders = ['/usr/lib', ...inLib.map((name) => `/usr/lib/${name}`), '/usr/lib64', '/usr/libexec'];
  return firstOf(folders.flatMap((folder) => ['4.1', '4.0'].map((version) => `${folder}/webkit2gtk-${version}/MiniBrowser`)));
}

/** What WebKitGTK needs to be driven without a screen; undefined where a part is missing, as everywhere but on Linux. */
export function findWebKit() {
  if (platform !== 'linux') return undefined;
  const parts = {
    browser: env.WEBKIT_PATH ? existing(env.WEBKIT_PATH) : findMiniBrowser(),
    driver: onPath('WebKitWebDriver'),
    xvfb: onPath('Xvfb'),
    xdotool: onPath('xdotool'),
  };
  return Object.values(parts).every(Boolean) ? parts : undefined;
}

/** `variable` names the executable where it is not found by itself; `packages` are for `install` (install.mjs). */
export const engines = {
  chromium: {
    name: 'Chromium',
    find: findChrome,
    variable: 'CHROME_PATH',
    packages: { apt: ['chromium'], dnf: ['chromium'], apk: ['chromium'], brew: ['--cask', 'chromium'] },
    needs: 'Chromium or Chrome',
  },
  firefox: {
    name: 'Firefox',
    find: findFirefox,
    variable: 'FIREFOX_PATH',
    packages: { apt: ['firefox-esr'], dnf: ['firefox'], apk: ['firefox'], brew: ['--cask', 'firefox'] },
    needs: 'Firefox',
  },
  webkit: {
    name: 'WebKit',
    find: findWebKit,
    variable: 'WEBKIT_PATH',
    packages: { apt: ['webkit2gtk-driver', 'xvfb', 'xdotool'] },
    needs: 'WebKitGTK (Linux only: MiniBrowser, WebKitWebDriver, Xvfb and xdotool)',
  },
};
