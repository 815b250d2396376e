/**
 * Pictures as everybody may see them: upright, of bounded size, without anything the camera or the program wrote into
 * them (place, time, names, colour profiles, comments). The library that does it is loaded by whoever needs it first.
 */
import { inspect, pictureFormats } from './fileFormat.ts';

const fullPixels = 1600;
const thumbPixels = 400;
/** Decoded, 50 megapixels are 150 MB: what one instance can hold of a few at once. */
const mostPixels = 50_000_000;

export interface Made {
  readonly full: Buffer;
  readonly thumb: Buffer;
}
export type Making = Made | { readonly problem: string };

function whyNot(format: string, error: unknown): string {
  const said = error instanceof Error ? error.message : '';
  if (/pixel limit/i.test(said))
    return `사진이 너무 큽니다. ${mostPixels / 10_000}만 화소 이하로 줄여 다시 받아 주세요.`;
  if (format === 'heic') return 'HEIC 사진은 변환할 수 없습니다. JPG나 PNG로 다시 받아 주세요.';
  return '사진을 열 수 없습니다(손상되었거나 잘린 파일). 다시 받아 주세요.';
}

/** Makes the large and the small picture. What cannot be made one is explained in Korean. */
export async function makePicture(
  source: Buffer,
  { isSquare }: { readonly isSquare: boolean },
): Promise<Making> {
  const { format } = inspect(source);
  if (format === 'empty') return { problem: '빈 파일입니다. 사진을 다시 받아 주세요.' };
  // Everything else the library could open (SVG, PDF) may carry more than a picture.
  if (!pictureFormats.some((each) => each === format))
    return { problem: '사진 파일(JPG, PNG, WebP)이 아닙니다. 사진으로 다시 받아 주세요.' };
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  try {
    // Of a moving picture the first moment; what is not asked to be kept of metadata is left out.
    const full = await sharp(source, { limitInputPixels: mostPixels, failOn: 'truncated' })
      .autoOrient()
      .resize({ width: fullPixels, height: fullPixels, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .webp({ quality: 82 })
      .timeout({ seconds: 30 })
      .toBuffer();
    const thumb = await sharp(full)
      .resize({
        ...{ width: thumbPixels, height: thumbPixels, withoutEnlargement: !isSquare },
        fit: isSquare ? 'cover' : 'inside',
      })
      .webp({ quality: 78 })
      .toBuffer();
    return { full, thumb };
  } catch (error) {
    return { problem: whyNot(format, error) };
  }
}

/** What a picture shows, as brightness in a grid of so many points, row by row. Rejects where it cannot be opened. */
export async function glanceAt(
  picture: Buffer,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  return sharp(picture, { limitInputPixels: mostPixels })
    .greyscale()
    .resize({ width, height, fit: 'fill' })
    .raw()
    .toBuffer();
}
