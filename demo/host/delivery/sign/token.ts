import { MASK, type Credential, type SignedHeader } from './signer.js';

export const signToken = ({ key, value }: Credential<'token'>): SignedHeader[] => [{ key, value: value as string, shown: MASK }];
