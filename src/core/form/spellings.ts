/** How a secret may come back in what a host says of it: as it is, in JSON, in a URL, and as the credential of Basic (RFC 7617). */
export function spellings(secret: string, username = ''): string[] {
  const basic = new TextEncoder().encode(`${username}:${secret}`);
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret.replace(/\p{Surrogate}/gu, '\ufffd')),
    btoa(String.fromCharCode(...basic)),
  ];
}
