import { generate } from 'selfsigned';

/** A certificate for the names of the demo's receivers, made anew each time; nobody but the host of this demo trusts it. */
export async function makeCertificate(suffix: string): Promise<{ key: string; cert: string }> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: `receivers${suffix}` }], {
    keyType: 'ec',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: `*${suffix}` }] }],
  });
  return { key, cert };
}
