import { MASK, type Credential, type SignedHeader } from './signer.js';

export const signHeaders = ({ headers }: Credential<'headers'>): SignedHeader[] =>
  headers.map(({ key, value }) => ({ key, value: value as string, shown: MASK }));
