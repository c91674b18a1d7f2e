/** Red, green, blue from 0 to 255, and alpha from 0 to 1. */
type Colour = readonly [red: number, green: number, blue: number, alpha: number];

const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;

/** A colour as a style has it, in whatever notation. */
function parse(colour: string): Colour {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
  return [red!, green!, blue!, alpha! / 255];
}

const over = ([red, green, blue, alpha]: Colour, ground: Colour): Colour => {
  const mix = (one: number, other: number) => one * alpha + other * (1 - alpha);
  return [mix(red, ground[0]), mix(green, ground[1]), mix(blue, ground[2]), 1];
};

/** WCAG's relative luminance. */
function luminance([red, green, blue]: Colour): number {
  const [r, g, b] = [red, green, blue].map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

/** The ratio of WCAG 1.4.3 and 1.4.11 between a colour and the ground that it is drawn on. */
export function contrast(colour: string, ground: Colour): number {
  const [light, dark] = [luminance(over(parse(colour), ground)), luminance(ground)].sort((one, other) => other - one);
  return (light! + 0.05) / (dark! + 0.05);
}

/** A translucent colour and what is below it, as one. */
export const laidOver = (colour: string, ground: Colour): Colour => over(parse(colour), ground);

/** What an element is painted on: the colours around it, out of shadow roots, down to one that lets nothing through. */
export function groundBelow(element: Element): Colour {
  const layers: Colour[] = [];
  const outer = (one: Node): Node | null => (one as Element).assignedSlot ?? one.parentNode ?? (one as Partial<ShadowRoot>).host ?? null;
  for (let one = outer(element); one; one = outer(one)) {
    if (!(one instanceof Element)) continue;
    const colour = parse(getComputedStyle(one).backgroundColor);
    layers.push(colour);
    if (colour[3] === 1) break;
  }
  return layers.reduceRight<Colour>((ground, layer) => over(layer, ground), [255, 255, 255, 1]);
}
