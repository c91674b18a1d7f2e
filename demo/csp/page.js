import './violations.js';
import { createLocalAdapter } from '/cdn/webhook-settings.js';

const organizations = [
  { id: 'org_1', name: 'Brightside Energy' },
  { id: 'org_2', name: 'Cedar & Sun Installers' },
];
document.querySelector('webhook-settings').adapter = createLocalAdapter({ name: 'strict-csp-demo', organizations });

const { headers } = await fetch(location.href, { method: 'HEAD' });
document.querySelector('#policy').textContent = headers.get('content-security-policy')?.replaceAll('; ', ';\n') ?? 'None!';
