import sharp, { type Sharp } from 'sharp';
import { makePicture } from './pictures.ts';

const canvas = (width: number, height: number): Sharp =>
  sharp({ create: { width, height, channels: 3, background: '#c86432' } });

async function made(source: Buffer, isSquare = true) {
  const picture = await makePicture(source, { isSquare });
  if ('problem' in picture) throw new Error(picture.problem);
  return {
    full: await sharp(picture.full).metadata(),
    thumb: await sharp(picture.thumb).metadata(),
    ...{ bytes: picture },
  };
}
async function problem(source: Buffer): Promise<string> {
  const picture = await makePicture(source, { isSquare: true });
  return 'problem' in picture ? picture.problem : 'none';
}

describe('a picture', () => {
  it('becomes one of at most 1600 px and a square of 400', async () => {
    const { full, thumb } = await made(await canvas(3000, 2000).jpeg().toBuffer());
    expect(full).toMatchObject({ format: 'webp', width: 1600, height: 1067 });
    expect(thumb).toMatchObject({ format: 'webp', width: 400, height: 400 });
    const portrait = await made(await canvas(1000, 2000).png().toBuffer(), false);
    expect(portrait.thumb).toMatchObject({ width: 200, height: 400 });
  });

  it('that is small stays so', async () => {
    expect((await made(await canvas(300, 200).webp().toBuffer())).full).toMatchObject({
      width: 300,
      height: 200,
    });
  });

  it('stands upright and says nothing of where, when or by whom it was taken', async () => {
    const source = await canvas(300, 200)
      .withExif({
        IFD0: { Artist: '김라온', Orientation: '6' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '37/1 29/1 0/1', GPSLongitude: '127/1 1/1 0/1' },
      })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="r"/>secret-xmp</x:xmpmeta>')
      .withIccProfile('p3')
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const before = await sharp(source).metadata();
    expect([before.exif, before.xmp, before.icc].every(Boolean)).toBe(true);
    expect(before.orientation).toBe(6);
    const { full, thumb, bytes } = await made(source);
    expect(full).toMatchObject({ width: 200, height: 300 });
    for (const { exif, xmp, icc, iptc, orientation } of [full, thumb])
      expect([exif, xmp, icc, iptc, orientation]).toEqual(Array(5).fill(undefined));
    for (const each of [bytes.full, bytes.thumb])
      expect(each.toString('latin1')).not.toMatch(/EXIF|XMP |ICCP|secret-xmp|GPS/);
  });

  it('in the colours of print is shown in those of screens', async () => {
    const source = await canvas(100, 100).toColourspace('cmyk').jpeg().toBuffer();
    expect((await sharp(source).metadata()).space).toBe('cmyk');
    expect((await made(source)).full.space).toBe('srgb');
  });

  it('that moves is shown as it begins', async () => {
    const frames = await Promise.all(
      ['#ff0000', '#00ff00'].map((background) =>
        sharp({ create: { width: 20, height: 20, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const source = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    expect((await sharp(source).metadata()).pages).toBe(2);
    const { full } = await made(source);
    expect([full.pages ?? 1, full.height]).toEqual([1, 20]);
  });

  it('is made the same every time', async () => {
    const source = await canvas(500, 500).jpeg().toBuffer();
    expect((await made(source)).bytes.full.equals((await made(source)).bytes.full)).toBe(true);
  });
});

describe('what is no picture is explained, not a crash', () => {
  const heic = Buffer.concat([
    Buffer.from([0, 0, 0, 24]),
    Buffer.from('ftypheic\0\0\0\0mif1heic', 'latin1'),
    Buffer.alloc(200),
  ]);
  it.each<[string, () => Promise<Buffer>, RegExp]>([
    ['nothing', async () => Buffer.alloc(0), /빈 파일/],
    [
      'half a file',
      async () => {
        const whole = await sharp({
          create: {
            width: 800,
            height: 800,
            channels: 3,
            background: '#123',
            noise: { type: 'gaussian', mean: 128, sigma: 40 },
          },
        })
          .jpeg()
          .toBuffer();
        return whole.subarray(0, whole.length / 2);
      },
      /손상|잘린/,
    ],
    [
      'the first bytes of a PNG',
      async () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]),
      /손상/,
    ],
    [
      'a bomb of pixels',
      async () => canvas(8000, 8000).png({ compressionLevel: 9 }).toBuffer(),
      /5000만 화소/,
    ],
    ['HEIC', async () => heic, /HEIC.*JPG/],
    ['a document', async () => Buffer.from('%PDF-1.4\n%%EOF'), /사진 파일.*아닙니다/],
    [
      'a drawing that may fetch others',
      async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      /사진 파일.*아닙니다/,
    ],
  ])('%s', async (_what, source, words) => expect(await problem(await source())).toMatch(words));
});
