/** What the demo's receivers ask for. They open nothing but these receivers, on this machine. */
export const demoCredentials = {
  headers: [
    { key: 'X-Api-Key', value: 'demo-key-51c07d9e' },
    { key: 'X-Api-Secret', value: 'demo-secret-0b7f44aa' },
  ],
  basic: { username: 'northlight', password: 'Zähler:4711 ✓' },
  token: { key: 'X-Auth-Token', value: 'demo-token-9a1e55d0c3' },
  aws4: { accessKey: 'AKIADEMO000000000001', secretKey: 'demo/secret/key/of/forty/characters/+abc', region: 'us-east-1', service: 'execute-api' },
  hmac: { clientId: 'northlight', clientSecret: 'whsec_ZGVtby1zZWNyZXQtb2YtdGhlLWhtYWMtcmVjZWl2ZXI=' },
  clientCredentials: { clientId: 'webhooks-machine', clientSecret: 'demo-machine-secret-4c1d9e', scope: 'events:write' },
  authorizationCode: { clientId: 'webhooks-person', clientSecret: 'demo-person-secret-77e0ab', scope: 'events:write offline_access openid' },
};
export type DemoCredentials = typeof demoCredentials;
