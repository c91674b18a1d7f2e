import { checkUrl, type Finding } from 'webhook-settings/core';

const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** True for a URL whose host is this machine. */
export const isLoopbackUrl = (text: string): boolean => {
  try {
    return loopback.test(new URL(text).hostname);
  } catch {
    return false;
  }
};

/** The form's rule for URLs. With the demo's switch, and for this machine alone, http and a private address are legal. */
export const judgeUrl = (text: string, allowLoopback: boolean): Finding[] =>
  checkUrl(text, { allowPrivateNetwork: allowLoopback && isLoopbackUrl(text) });
