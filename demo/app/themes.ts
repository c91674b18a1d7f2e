import 'webhook-settings/define';
import { createThemeHost } from './theme-host.js';
import { names, readLook, writeLook, type Choice, type Look } from './theme-settings.js';

const find = <Found extends HTMLElement>(selector: string): Found => document.querySelector<Found>(selector)!;

const form = find<HTMLFormElement>('.look');
const control = (name: Choice) => form.elements.namedItem(name) as HTMLSelectElement;

/** One style sheet dresses the widget; the attributes are for the page around it. */
function apply(look: Look): void {
  for (const name of names) {
    document.documentElement.dataset[name] = look[name];
    control(name).value = look[name];
  }
  for (const sheet of document.querySelectorAll<HTMLLinkElement>('link[data-sheet]'))
    sheet.disabled = sheet.dataset['sheet'] !== look.theme && sheet.dataset['sheet'] !== look.scheme;
  for (const piece of document.querySelectorAll<HTMLElement>('[data-host]')) piece.hidden = piece.dataset['host'] !== look.theme;
}

const followAddress = () => apply(readLook(new URLSearchParams(location.search)));

form.addEventListener('change', () => {
  const look = readLook(new URLSearchParams(names.map((name) => [name, control(name).value])));
  history.pushState(null, '', `${location.pathname}${writeLook(look)}`);
  apply(look);
});
form.addEventListener('submit', (event) => event.preventDefault());
addEventListener('popstate', followAddress);

followAddress();
find<HTMLElementTagNameMap['webhook-settings']>('webhook-settings').adapter = createThemeHost();
