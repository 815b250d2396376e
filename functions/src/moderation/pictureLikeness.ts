/**
 * Whether two pictures show the same: a hash of which of neighbouring points is the brighter (dHash, 64 bits), which survives
 * other sizes, formats, qualities and colours. Pure. Source: Neal Krawetz, "Kind of Like That" (2013).
 */

/** Points a hash is made of: nine columns in each of eight rows, one byte of brightness each. */
export const glance = { width: 9, height: 8 } as const;

const bitsPerBand = 16;
/** Up to here two pictures count as one; up to three they are sure to share a band. */
export const mostDifferent = 6;
/** A plain area, a colour gradient or a black page is like every other. */
const fewestEdges = 10;

/** Levels of 255: less is what compressing again makes of an even area. */
const leastStep = 4;

type Look = (row: number, column: number) => boolean;

function hashOf(isBrighter: Look): bigint {
  let hash = 0n;
  for (let row = 0; row < glance.height; row += 1)
    for (let column = 0; column < glance.width - 1; column += 1)
      hash = (hash << 1n) | (isBrighter(row, column) ? 1n : 0n);
  return hash;
}

const onesIn = (bits: bigint): number => bits.toString(2).replaceAll('0', '').length;

/** In how many of 64 places two hashes differ. */
export const differenceOf = (one: bigint, other: bigint): number => onesIn(one ^ other);

export interface PictureSignature {
  /** 64 bits. */
  readonly hash: bigint;
  /** Of the picture seen in a mirror. */
  readonly mirrored: bigint;
}

/** The signature of a picture from its 72 points; null where it shows too little to be known again. */
export function pictureSignature(points: Uint8Array): PictureSignature | null {
  const at = (row: number, column: number) => points[row * glance.width + column] ?? 0;
  const last = glance.width - 1;
  const hash = hashOf((row, column) => at(row, column) - at(row, column + 1) >= leastStep);
  const mirrored = hashOf((row, column) => at(row, last - column) - at(row, last - column - 1) >= leastStep);
  // Where the picture is even, it is brighter in neither direction.
  const plainest = Math.min(onesIn(hash), onesIn(mirrored));
  return plainest < fewestEdges ? null : { hash, mirrored };
}

/** Four words of 16 bits each, with their place: hashes that differ in at most three bits share one. */
export function pictureBands(hash: bigint): string[] {
  return [0, 1, 2, 3].map((band) => {
    const bits = (hash >> BigInt(band * bitsPerBand)) & 0xffffn;
    return `${band}.${bits.toString(16).padStart(4, '0')}`;
  });
}

export const hexOf = (hash: bigint): string => hash.toString(16).padStart(16, '0');
export const hashFromHex = (hex: string): bigint => BigInt(`0x${hex}`);
