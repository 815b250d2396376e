/**
 * Pictures of posts. What members upload stays theirs to see; while a post is published everybody sees copies without
 * anything the camera wrote. Told by an event only that something changed: what is to be shown is read anew, and written
 * on the condition that nothing has changed meanwhile.
 */
import { createHash } from 'node:crypto';
import type { DocumentSnapshot } from 'firebase-admin/firestore';
import { sameValue } from '../kernel/same.ts';
import { deleteFiles, filesBelow, isFile } from '../platform/files.ts';
import { bucket, db, isStale } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { makePicture } from '../platform/pictures.ts';
import { bylineOf, writingOf } from './bylines.ts';
import { publicFolder } from './publicFolder.ts';
import { type FreeTalk, freeTalkSchema } from './schema.ts';

type Image = FreeTalk['images'][number];
const attempts = 5;
const imagesSchema = freeTalkSchema.pick({ imagePaths: true, images: true }).partial();

/** What the author would show: nothing while a post is not published. */
async function originalsOf(talk: DocumentSnapshot): Promise<readonly string[]> {
  if (talk.get('status') !== 'published') return [];
  if (talk.get('anonymous') === true)
    return (await bylineOf('FreeTalks', talk.id).get()).data()?.imagePaths ?? [];
  return imagesSchema.parse(talk.data()).imagePaths ?? [];
}

async function store(path: string, content: Buffer): Promise<void> {
  // A path is made from the bytes it was made of, so what is there never changes.
  const metadata = { cacheControl: 'public, max-age=31536000, immutable' };
  await bucket().file(path).save(content, { resumable: false, contentType: 'image/webp', metadata });
}

/** Null where there is no picture to be made: the file is gone, or is none. */
async function imageFrom(talkId: string, original: string): Promise<Image | null> {
  if (!(await isFile(original))) return null;
  const [source] = await bucket().file(original).download();
  const stem = `${publicFolder(talkId)}${createHash('sha256').update(source).digest('hex').slice(0, 8)}`;
  const image = { path: `${stem}-full.webp`, thumbPath: `${stem}-thumb.webp` };
  const there = await Promise.all([image.path, image.thumbPath].map(isFile));
  if (!there.includes(false)) return image;
  const made = await makePicture(source, { isSquare: false });
  if ('problem' in made) {
    log.warn('talks.pictureRefused', { talkId });
    return null;
  }
  await Promise.all([store(image.path, made.full), store(image.thumbPath, made.thumb)]);
  return image;
}

const filesOf = (images: readonly Image[]) => images.flatMap(({ path, thumbPath }) => [path, thumbPath]);

/** Shows the pictures a post has now, and takes away those it showed before. Throws, to be delivered again. */
export async function showImages(talkId: string): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const talk = await writingOf('FreeTalks', talkId).get();
    if (!talk.exists || !talk.updateTime) return;
    const shown = imagesSchema.parse(talk.data()).images ?? [];
    const images: Image[] = [];
    // One after another: each is decoded in memory.
    for (const original of await originalsOf(talk)) {
      const image = await imageFrom(talkId, original);
      if (image && !images.some(({ path }) => path === image.path)) images.push(image);
    }
    if (sameValue(shown, images)) return;
    try {
      await talk.ref.update({ images }, { lastUpdateTime: talk.updateTime });
    } catch (error) {
      if (isStale(error)) continue;
      throw error;
    }
    const kept = filesOf(images);
    return deleteFiles(filesOf(shown).filter((path) => !kept.includes(path)));
  }
  throw new Error('the post changes faster than its pictures');
}

/** Of a post that is gone: what stood below it. */
export async function clearTalk(talkId: string): Promise<void> {
  await deleteFiles(await filesBelow(publicFolder(talkId), 100));
  await db().recursiveDelete(db().collection(`FreeTalks/${talkId}/likes`));
}

/** What of a post its pictures depend on. The originals of an anonymous one are not in it: any edit may change them. */
const shownBy = (talk: DocumentSnapshot) => [
  talk.get('status') === 'published',
  talk.get('imagePaths') ?? [],
  talk.get('anonymous') === true ? (talk.get('updatedAt') ?? null) : null,
];

/** Whether a change may have changed what is shown. A post without pictures costs nothing. */
export function mayChangeImages(before: DocumentSnapshot, after: DocumentSnapshot): boolean {
  const hasAny = [before, after].some(
    (talk) => talk.get('anonymous') === true || [talk.get('imagePaths') ?? []].flat().length > 0,
  );
  return hasAny && (!before.exists || !sameValue(shownBy(before), shownBy(after)));
}
