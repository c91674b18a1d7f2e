import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** How far a pixel's colour may be off, 0 to 1; the edges of letters and lines are told apart from what was drawn elsewhere. */
const THRESHOLD = 0.06;
/** How many pixels may be off all the same: a browser's own rounding of letters. A border or icon that moved is far more. */
const TOLERATED = 24;

/**
 * Compares two decoded pictures. Returns undefined where they are the same but for the rendering of letters; else what
 * differs, in words and as a picture.
 */
export function compare(expected, actual) {
  const { width, height } = expected;
  if (actual.width !== width || actual.height !== height)
    return { said: `${actual.width} × ${actual.height} instead of ${width} × ${height}`, picture: actual };
  const picture = new PNG({ width, height });
  const pixels = pixelmatch(expected.data, actual.data, picture.data, width, height, { threshold: THRESHOLD });
  return pixels > TOLERATED ? { said: `${pixels} pixels differ`, picture } : undefined;
}
