import fc from 'fast-check';
import sharp from 'sharp';
import {
  differenceOf,
  glance,
  hashFromHex,
  hexOf,
  mostDifferent,
  pictureBands,
  pictureSignature,
} from './pictureLikeness.ts';

const hashes = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

/** Blots of brightness on a plain ground: a picture with something to see. */
const drawing = fc
  .array(
    fc.record({ x: fc.nat(599), y: fc.nat(399), r: fc.integer({ min: 30, max: 160 }), c: fc.nat(255) }),
    {
      minLength: 8,
      maxLength: 20,
    },
  )
  .map((blots) => {
    const circles = blots.map(
      ({ x, y, r, c }) => `<circle cx="${x}" cy="${y}" r="${r}" fill="rgb(${c},${c},${c})"/>`,
    );
    return Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400"><rect width="600" height="400" fill="#888"/>${circles.join('')}</svg>`,
    );
  });

const pointsOf = async (picture: Buffer) =>
  pictureSignature(
    await sharp(picture)
      .greyscale()
      .resize({ ...glance, fit: 'fill' })
      .raw()
      .toBuffer(),
  );

/** As the server looks for it: by a band it shares, then by the difference. */
const isFound = (hash: bigint | undefined, known: bigint) =>
  hash !== undefined &&
  pictureBands(hash).some((band) => pictureBands(known).includes(band)) &&
  differenceOf(hash, known) <= mostDifferent;

describe('pictures that show the same', () => {
  it('are known in another size, quality and format, and in a mirror: nine of ten; no other is taken for them', async () => {
    const originals = await Promise.all(
      fc.sample(drawing, { numRuns: 60, seed: 2026 }).map((svg) => sharp(svg).png().toBuffer()),
    );
    const known = (await Promise.all(originals.map(pointsOf))).map((signature) => signature?.hash);
    const [copied, mirrored, mistaken]: boolean[][] = [[], [], []];
    for (const [at, original] of originals.entries()) {
      const hash = known[at];
      if (hash === undefined) continue;
      const copy = await sharp(original).resize(320).jpeg({ quality: 60 }).toBuffer();
      copied?.push(isFound((await pointsOf(copy))?.hash, hash));
      mirrored?.push(isFound((await pointsOf(await sharp(copy).flop().toBuffer()))?.mirrored, hash));
      mistaken?.push(known.some((other, place) => place !== at && isFound(other, hash)));
    }
    const share = (found: readonly boolean[] = []) => found.filter(Boolean).length / found.length;
    expect(copied?.length).toBeGreaterThan(40);
    expect(share(copied)).toBeGreaterThan(0.9);
    expect(share(mirrored)).toBeGreaterThan(0.9);
    expect(share(mistaken)).toBe(0);
  });

  it('share a band when they differ in up to three places', () => {
    fc.assert(
      fc.property(hashes, fc.uniqueArray(fc.nat(63), { maxLength: 3 }), (hash, places) => {
        const other = places.reduce((bits, place) => bits ^ (1n << BigInt(place)), hash);
        expect(differenceOf(hash, other)).toBe(places.length);
        const bands = new Set(pictureBands(hash));
        expect(pictureBands(other).some((band) => bands.has(band))).toBe(true);
      }),
    );
  });

  it('are not told by plain areas and gradients', async () => {
    const plain = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#963' } })
      .png()
      .toBuffer();
    expect(await pointsOf(plain)).toBeNull();
    const slope = Buffer.from(Array.from({ length: 72 }, (_, at) => (at % 9) * 20));
    expect(pictureSignature(slope)).toBeNull();
  });

  it('are written as sixteen hexadecimal digits and read again', () => {
    fc.assert(fc.property(hashes, (hash) => expect(hashFromHex(hexOf(hash))).toBe(hash)));
  });
});

it('pictures that have nothing in common differ in about half the places', async () => {
  const [one, other] = await Promise.all(fc.sample(drawing, { numRuns: 2, seed: 7 }).map(pointsOf));
  expect(one && other && differenceOf(one.hash, other.hash)).toBeGreaterThan(mostDifferent);
});
