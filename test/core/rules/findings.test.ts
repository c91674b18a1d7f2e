import { expect } from '@open-wc/testing';
import { findingMessages } from '../../../src/core/messages/findings.js';
import { formatMessage, type Message } from '../../../src/core/messages/message.js';
import { error, hasError, info, warning } from '../../../src/core/rules/finding.js';

describe('findings', () => {
  it('have a severity, a code, and parameters only when there are some', () => {
    expect(error('url.scheme')).to.deep.equal({ code: 'url.scheme', severity: 'error' });
    expect(warning('url.hyphen', { host: 'a' })).to.deep.equal({
      code: 'url.hyphen',
      severity: 'warning',
      params: { host: 'a' },
    });
    expect(info('url.punycode').severity).to.equal('info');
    expect(hasError([info('url.punycode'), warning('url.hyphen')])).to.be.false;
    expect(hasError([info('url.punycode'), error('url.scheme')])).to.be.true;
  });
});

describe('finding messages', () => {
  const texts = Object.entries<Message>(findingMessages).flatMap(([code, message]) =>
    (typeof message === 'string' ? [message] : Object.values(message)).map((text) => [code, text] as const),
  );

  it('are short sentences in sentence case', () => {
    for (const [code, text] of texts) {
      expect(text, code).to.match(/^“?[A-Z{][^]*\.$/);
      expect(text.length, code).to.be.lessThan(120);
    }
  });

  it('know only placeholders that cannot hold a secret', () => {
    for (const [code, text] of texts)
      for (const [, name] of text.matchAll(/\{(.*?)\}/g))
        expect(['label', 'count', 'max', 'host', 'port', 'name'], code).to.include(name);
  });

  it('count in the plural of the language', () => {
    const text = (count: number) => formatMessage('en', findingMessages['text.tooLong'], { count, max: 4096 });
    expect(text(1)).to.equal('Remove 1 character; 4,096 are allowed.');
    expect(text(1200)).to.equal('Remove 1,200 characters; 4,096 are allowed.');
  });
});
