import type { WebhookInput } from 'webhook-settings';

interface Arrival {
  at: string;
  receiver: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
  refused?: string;
}

const find = (selector: string) => document.querySelector<HTMLElement>(selector)!;
const INTERVAL_MS = 1000;

const element = <Name extends keyof HTMLElementTagNameMap>(name: Name, text: string, className = ''): HTMLElementTagNameMap[Name] => {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
};

const disclosure = (title: string, text: string) => {
  const details = document.createElement('details');
  details.append(element('summary', title), element('pre', text));
  return details;
};

const show = ({ at, receiver, method, path, headers, body, refused }: Arrival) =>
  disclosure(
    `${new Date(at).toLocaleTimeString()} ${receiver}: ${refused === undefined ? 'verified' : `refused, ${refused}`}`,
    `${method} ${path}\n${Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n')}\n\n${body}`,
  );

let shown = '';

async function refresh(): Promise<void> {
  const text = await (await fetch('/receivers/arrivals')).text();
  // What is open stays open while nothing is new.
  if (text === shown) return;
  shown = text;
  const arrivals = JSON.parse(text) as Arrival[];
  find('#arrivals').replaceChildren(...arrivals.reverse().map(show));
  find('#status').textContent = arrivals.length ? `${arrivals.length} calls arrived.` : 'Nothing yet.';
}

const catalogue = (await (await fetch('/receivers/catalogue')).json()) as WebhookInput[];
find('#catalogue').replaceChildren(
  ...catalogue.map(({ name, url, authentication }) => disclosure(name, JSON.stringify({ url, authentication }, null, 2))),
);
const poll = () => void refresh().catch(() => undefined).finally(() => setTimeout(poll, INTERVAL_MS));
poll();
