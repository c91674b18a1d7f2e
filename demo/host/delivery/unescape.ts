/** A text in lower case, unescaped so many times, and where in the text as it was each of its characters begins. */
export interface Folded {
  text: string;
  /** One more than there are characters: the last one is the end. */
  starts: number[];
}

/** HTML in JSON, say. */
const DEEPEST = 2;

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", sol: '/', nbsp: ' ' };
const short: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** JSON (RFC 8259 §7), HTML's character references, percent-encoding (RFC 3986 §2.1) and a form's space. */
const escape = /\\u([\da-f]{4})|\\(["'\\/bfnrt])|&#(\d{1,7});?|&#x([\da-f]{1,6});?|&(amp|lt|gt|quot|apos|sol|nbsp);|((?:%[\da-f]{2})+)|\+/giu;

const character = (code: number, fallback: string) => (code <= 0x10ffff ? String.fromCodePoint(code) : fallback);

/** Lower case where that has the same length, so that places stay what they are. */
const lower = (text: string) => {
  const lowered = text.toLowerCase();
  return lowered.length === text.length ? lowered : [...text].map((one) => (one.toLowerCase().length === one.length ? one.toLowerCase() : one)).join('');
};

function unescapeOnce({ text, starts }: Folded): Folded {
  let out = '';
  const places: number[] = [];
  let done = 0;
  const keep = (from: number, to: number) => {
    out += text.slice(from, to);
    for (let at = from; at < to; at++) places.push(starts[at]!);
  };
  for (const match of text.matchAll(escape)) {
    const [whole, unicode, backslashed, decimal, hex, name, percent] = match;
    const at = match.index;
    keep(done, at);
    done = at + whole.length;
    if (percent !== undefined) {
      // Byte by byte, so that each character keeps its own place.
      const bytes = Buffer.from(percent.replaceAll('%', ''), 'hex');
      let offset = 0;
      for (const one of bytes.toString('utf8')) {
        out += one;
        for (let unit = 0; unit < one.length; unit++) places.push(starts[at + Math.min(offset, bytes.length - 1) * 3]!);
        offset += one === '\ufffd' ? 1 : Buffer.byteLength(one);
      }
      continue;
    }
    const one =
      unicode !== undefined ? String.fromCharCode(parseInt(unicode, 16))
      : backslashed !== undefined ? (short[backslashed.toLowerCase()] ?? backslashed)
      : decimal !== undefined ? character(Number(decimal), whole)
      : hex !== undefined ? character(parseInt(hex, 16), whole)
      : name !== undefined ? named[name.toLowerCase()]!
      : ' ';
    out += one;
    for (let unit = 0; unit < one.length; unit++) places.push(starts[at]!);
  }
  keep(done, text.length);
  places.push(starts[text.length]!);
  return { text: out, starts: places };
}

/** The text as it is, unescaped, and what that gives unescaped again; each in lower case. */
export function* foldedLevels(given: string): Generator<Folded> {
  let level: Folded = { text: given, starts: Array.from({ length: given.length + 1 }, (_, index) => index) };
  for (let depth = 0; depth <= DEEPEST; depth++) {
    yield { text: lower(level.text), starts: level.starts };
    const next = unescapeOnce(level);
    if (next.text === level.text) return;
    level = next;
  }
}
