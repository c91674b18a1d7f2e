// Looks for a typed secret in every place of a page where none may be.

/** Runs in the page before anything else: notes what listeners on the page's own document get to know. */
function listen() {
  const heard = [];
  let keys = '';
  const types = new Set(['focusin', 'focusout', 'compositionstart', 'compositionupdate', 'compositionend']);
  for (let object = HTMLElement.prototype; object; object = Object.getPrototypeOf(object))
    for (const name of Object.getOwnPropertyNames(object)) if (name.startsWith('on')) types.add(name.slice(2));
  for (const name of ['submit', 'modal-close', 'created', 'updated', 'deleted', 'error']) types.add(`webhook-${name}`);

  const note = (event) => {
    if (event.type === 'keydown' && event.key.length === 1) keys += event.key;
    const texts = [];
    for (const name in event) {
      const value = event[name];
      if (typeof value === 'string') texts.push(value);
    }
    if (event.detail && typeof event.detail === 'object') texts.push(JSON.stringify(event.detail));
    if (event.clipboardData) texts.push(event.clipboardData.getData('text/plain'));
    heard.push(`${event.type}: ${texts.join(' ')}`);
  };
  // In the bubbling phase, as a page's own scripts would: what comes down to its target cannot be hidden.
  for (const type of types) {
    document.addEventListener(type, note);
    window.addEventListener(type, note);
  }
  globalThis.canaryHeard = () => [...heard, `keys: ${keys}`];
}

/** Runs in the page: every text that scripts, style sheets or people could find there. */
async function collect(withValues) {
  const texts = [];
  const add = (where, text) => text && texts.push(`${where}: ${text}`);
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE || node.nodeType === Node.COMMENT_NODE) add(node.nodeName, node.data);
    for (const { name, value } of node.attributes ?? []) add(`${node.localName}[${name}]`, `${name}=${value}`);
    if (withValues && 'value' in node && typeof node.value === 'string') add(`${node.localName}.value`, node.value);
    if (node.shadowRoot) walk(node.shadowRoot);
    if (node.content) walk(node.content);
    for (const child of node.childNodes) walk(child);
  };
  walk(document);
  add('url', location.href);
  add('title', document.title);
  add('cookie', document.cookie);
  add('history', JSON.stringify(history.state));
  for (const storage of [localStorage, sessionStorage]) add('storage', JSON.stringify({ ...storage }));
  for (const name of await caches.keys()) add('cache', name);
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((resolve, reject) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    for (const store of database.objectStoreNames) {
      const rows = await new Promise((resolve, reject) => {
        const request = database.transaction(store).objectStore(store).getAll();
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      add(`IndexedDB ${name}/${store}`, JSON.stringify(rows));
    }
    database.close();
  }
  for (const text of globalThis.canaryHeard()) add('event', text);
  return texts;
}

/** Follows a page from before it is loaded. */
export async function watchForSecrets({ page, messages }) {
  await page.addInitScript(listen);
  const requests = [];
  page.on('request', (request) => requests.push(`${request.url()} ${request.postData() ?? ''}`));
  return {
    /**
     * Where any of `secrets` is found, as far as it may not be there.
     *
     * @param {string[]} secrets
     * @param {{ values?: boolean }} [options] `values`: fields, too, must have forgotten them
     */
    async leaks(secrets, { values = false } = {}) {
      const texts = [
        ...(await page.evaluate(collect, values)),
        ...messages.map((text) => `console: ${text}`),
        ...requests.map((text) => `request: ${text}`),
      ];
      return texts.filter((text) => secrets.some((secret) => text.includes(secret) || text.includes(encodeURIComponent(secret))));
    },
  };
}
