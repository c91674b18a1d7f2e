// What a person does at the provider's login page, over HTTP.

/** Follows redirects and keeps cookies, as a browser does; `stopAt` names the prefix of an address that is not fetched. */
function createBrowser(stopAt) {
  const cookies = new Map();
  return async function go(url, options = {}) {
    for (let hops = 0, next = url, sent = options; hops < 15; hops++, sent = {}) {
      if (next.startsWith(stopAt)) return { url: next, text: '' };
      const response = await fetch(next, {
        ...sent,
        redirect: 'manual',
        headers: { ...sent.headers, cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      });
      for (const line of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
        cookies.set(name, value);
      }
      const location = response.headers.get('location');
      if (!location) return { url: next, text: await response.text() };
      next = new URL(location, next).href;
    }
    throw new Error('too many redirects');
  };
}

const form = (fields) => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
});

/** Signs in at `url` and consents. Returns where the provider sends the browser in the end. */
export async function logIn(url, stopAt) {
  const go = createBrowser(stopAt);
  let page = await go(url);
  for (let step = 0; step < 3 && !page.url.startsWith(stopAt); step++) {
    const action = /<form[^>]+action="([^"]+)"/.exec(page.text)[1];
    const prompt = /name="prompt" value="(\w+)"/.exec(page.text)[1];
    page = await go(new URL(action, page.url).href, form(prompt === 'login' ? { prompt, login: 'maya', password: 'any' } : { prompt }));
  }
  return page.url;
}

/** Goes there, and says no. */
export async function refuse(url, stopAt) {
  const go = createBrowser(stopAt);
  const page = await go(url);
  const abort = /href="([^"]+\/abort)"/.exec(page.text)[1];
  return (await go(new URL(abort, page.url).href)).url;
}
