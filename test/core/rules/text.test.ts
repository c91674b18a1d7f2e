import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { checkLength, countCharacters, hasBidiOverride, hasControl } from '../../../src/core/rules/text.js';
import { checkName } from '../../../src/core/rules/name.js';
import { codes } from './codes.js';

const family = '👩‍👩‍👧‍👦';
const england = '🏴󠁧󠁢󠁥󠁮󠁧󠁿';
const kiss = '👩🏻‍❤️‍💋‍👩🏼';

describe('countCharacters', () => {
  it('counts what a person sees', () => {
    for (const one of ['a', 'é', 'e\u0301', family, england, kiss, '🇩🇪', 'नि', '각', '\r\n'])
      expect(countCharacters(one), JSON.stringify(one)).to.equal(1);
    expect(countCharacters('')).to.equal(0);
    expect(countCharacters(family.repeat(30))).to.equal(30);
    expect(countCharacters(kiss.repeat(30))).to.equal(30);
  });

  it('does not let a pile of combining marks pass as one character', () => {
    expect(countCharacters('a' + '\u0301'.repeat(3200))).to.be.greaterThan(100);
  });

  it('is quick for a megabyte', () => {
    const start = performance.now();
    for (const text of ['ä', 'a\u0301', family, '\ud800']) countCharacters(text.repeat(1_000_000));
    expect(performance.now() - start).to.be.lessThan(1000);
  });

  it('never counts more than UTF-16 units, and nothing as nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const count = countCharacters(text);
        return count <= text.length && count > 0 === text.length > 0;
      }),
    );
  });
});

describe('checkLength', () => {
  it('says how many characters are too many', () => {
    expect(checkLength('é'.repeat(7), 7)).to.deep.equal([]);
    expect(checkLength(family.repeat(9), 7)).to.deep.equal([
      { code: 'text.tooLong', severity: 'error', params: { count: 2, max: 7 } },
    ]);
  });
});

describe('hasControl', () => {
  it('finds controls, separators and half surrogate pairs, anywhere', () => {
    for (const one of ['\0', '\t', '\n', '\r', '\x1f', '\x7f', '\x85', '\x9f', '\u2028', '\u2029', '\ud800', '\udc00'])
      for (const text of [one, `a${one}`, `${one}a`]) expect(hasControl(text), JSON.stringify(text)).to.be.true;
  });

  it('leaves text of any script alone', () => {
    for (const text of ['', 'a b', 'ü', '日本語', 'שלום\u200f', family, '\u00a0', '\ufffd'])
      expect(hasControl(text), text).to.be.false;
  });
});

describe('hasBidiOverride', () => {
  it('finds embeddings, overrides and isolates, and leaves marks alone', () => {
    for (const code of [0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069])
      expect(hasBidiOverride(`a${String.fromCodePoint(code)}b`), code.toString(16)).to.be.true;
    for (const text of ['a\u200eb', 'a\u200fb', 'a\u061cb', 'שלום', '']) expect(hasBidiOverride(text)).to.be.false;
  });
});

describe('checkName', () => {
  it('accepts 1–100 characters of any script', () => {
    for (const name of [
      'a',
      'Milestones to CRM',
      'Vertragsänderung',
      '契約状況',
      'حالة العقد',
      family,
      'a'.repeat(100),
      family.repeat(100),
      '<b>',
      ' x ',
    ])
      expect(checkName(name), name).to.deep.equal([]);
    expect(checkName(` ${'a'.repeat(100)} `), 'judged after trimming').to.deep.equal([]);
  });

  it('refuses controls, bidi overrides, nothing to see, and more than 100 characters', () => {
    expect(codes(checkName('a\u0000b'))).to.deep.equal(['text.control']);
    expect(codes(checkName('a\nb'))).to.deep.equal(['text.control']);
    expect(codes(checkName('invoice\u202egpj.exe'))).to.deep.equal(['text.bidi']);
    for (const blank of ['', '   ', '\u200b', '\u00ad\u2060', '\u3164'])
      expect(codes(checkName(blank))).to.deep.equal(['name.invisible']);
    expect(checkName('ü'.repeat(101))).to.deep.equal([
      { code: 'text.tooLong', severity: 'error', params: { count: 1, max: 100 } },
    ]);
  });
});
