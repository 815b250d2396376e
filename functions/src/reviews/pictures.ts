/**
 * The pictures of a review as everybody may see them: upright, bounded, without place, time or camera, as long as the
 * review is published, and of before and after as long as the author wants it. Originals are never public.
 *
 * What is shown follows the document as it stands, not the event: files are made, or taken away, before the document says
 * so, and a document that has changed meanwhile is looked at again.
 */
import { createHash } from 'node:crypto';
import type { Change, DocumentSnapshot } from 'firebase-functions/v2/firestore';
import type { z } from 'zod';
import { sameValue } from '../kernel/same.ts';
import { deleteFiles, filesBelow, isFile } from '../platform/files.ts';
import { bucket, db, isStale } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { makePicture } from '../platform/pictures.ts';
import { reviewSchema, type ShownPicture } from './schema.ts';

const pictured = reviewSchema
  .pick({ status: true, authorUid: true, photoPaths: true, beforeAfterPaths: true, beforeAfterPublic: true })
  .extend(reviewSchema.pick({ photos: true, beforeAfter: true, picturesOf: true }).shape);
type Pictured = z.infer<typeof pictured>;

export interface Wanted {
  readonly photos: readonly string[];
  readonly beforeAfter: readonly string[];
}

/** The originals whose copies are to be seen. Only files of the author's own folder. */
export function wantedPictures(
  review: Pick<Pictured, 'status' | 'authorUid' | 'photoPaths' | 'beforeAfterPaths' | 'beforeAfterPublic'>,
): Wanted {
  if (review.status !== 'published') return { photos: [], beforeAfter: [] };
  const own = (paths: readonly string[]) =>
    [...new Set(paths)].filter((path) => path.startsWith(`reviews/${review.authorUid}/`));
  return {
    photos: own(review.photoPaths),
    beforeAfter: review.beforeAfterPublic ? own(review.beforeAfterPaths) : [],
  };
}

export const publicFolder = (reviewId: string): string => `public/reviews/${reviewId}/`;

/** Where the copies of an original are: another original has other paths. */
export function shownAt(reviewId: string, original: string): ShownPicture {
  const stem = createHash('sha256').update(original).digest('hex').slice(0, 16);
  const at = (size: string) => `${publicFolder(reviewId)}${stem}-${size}.webp`;
  return { path: at('full'), thumbPath: at('thumb') };
}

async function store(path: string, content: Buffer): Promise<void> {
  // Hidden ones are to vanish soon: an hour is as long as anything keeps a copy.
  const metadata = { cacheControl: 'public, max-age=3600' };
  await bucket().file(path).save(content, { resumable: false, contentType: 'image/webp', metadata });
}

/** Makes the copies of an original, unless they are there. Null where no picture could be made of it. */
async function copyOf(reviewId: string, original: string): Promise<ShownPicture | null> {
  const shown = shownAt(reviewId, original);
  const there = await Promise.all([isFile(shown.path), isFile(shown.thumbPath)]);
  if (!there.includes(false)) return shown;
  if (!(await isFile(original))) return null;
  const [source] = await bucket().file(original).download();
  const made = await makePicture(source, { isSquare: false });
  if ('problem' in made) {
    log.warn('reviews.pictureRefused', { reviewId });
    return null;
  }
  await Promise.all([store(shown.path, made.full), store(shown.thumbPath, made.thumb)]);
  return shown;
}

async function copiesOf(reviewId: string, originals: readonly string[]): Promise<ShownPicture[]> {
  const shown: ShownPicture[] = [];
  // One after another: each is decoded in memory.
  for (const original of originals) {
    const copy = await copyOf(reviewId, original);
    if (copy) shown.push(copy);
  }
  return shown;
}

/** Whether the document tells already what is wanted of it. */
function isTold(review: Pictured): boolean {
  const { photos, beforeAfter } = wantedPictures(review);
  return sameValue(review.picturesOf, [...photos, ...beforeAfter]);
}

async function removeOthers(reviewId: string, kept: readonly ShownPicture[]): Promise<void> {
  const keep = kept.flatMap(({ path, thumbPath }) => [path, thumbPath]);
  const there = await filesBelow(publicFolder(reviewId), 100);
  await deleteFiles(there.filter((path) => !keep.includes(path)));
}

const attempts = 5;

/** Brings the public copies of a review's pictures into line with the review as it stands. */
async function followPictures(reviewId: string): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const stored = await db().doc(`reviews/${reviewId}`).get();
    const { data: review } = pictured.safeParse(stored.data());
    if (!review || !stored.updateTime) return removeOthers(reviewId, []);
    const wanted = wantedPictures(review);
    const photos = await copiesOf(reviewId, wanted.photos);
    const beforeAfter = await copiesOf(reviewId, wanted.beforeAfter);
    await removeOthers(reviewId, [...photos, ...beforeAfter]);
    const picturesOf = [...wanted.photos, ...wanted.beforeAfter];
    try {
      const fence = { lastUpdateTime: stored.updateTime };
      // Written even where nothing differs: whoever took files away meanwhile is to notice.
      await stored.ref.update({ photos, beforeAfter, picturesOf }, fence);
      return;
    } catch (error) {
      if (!isStale(error)) throw error;
    }
  }
  throw new Error('the pictures of a review did not settle');
}

/** `reviews/{reviewId}` was written. Reads anything only where its pictures are not what they should be. */
export async function onPicturesChanged({ before, after }: Change<DocumentSnapshot>): Promise<void> {
  const review = pictured.safeParse(after.data()).data;
  const was = pictured.safeParse(before.data()).data;
  const hadSome = was !== undefined && was.picturesOf.length > 0;
  const hasNews = review ? !isTold(review) : hadSome;
  if (hasNews) await followPictures(after.id);
}
