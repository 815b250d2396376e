/**
 * Judging the pictures that a review or a post shows: whether they are somebody else's. Looked at are the small public copies;
 * a picture costs one query and one write, once. Of two alike the later is the copy; what is written down names nobody.
 */
import type { Change, DocumentSnapshot } from 'firebase-functions/v2/firestore';
import { z } from 'zod';
import { isFile } from '../platform/files.ts';
import { bucket, isAlreadyThere, Timestamp } from '../platform/firebase.ts';
import { log } from '../platform/log.ts';
import { glanceAt } from '../platform/pictures.ts';
import { collection } from '../platform/store.ts';
import { raise } from './acts.ts';
import { authorOf, hasLeft } from './authors.ts';
import { explain, judgePictures, type KnownPictures } from './judge.ts';
import {
  differenceOf,
  glance,
  hashFromHex,
  hexOf,
  mostDifferent,
  type PictureSignature,
  pictureBands,
  pictureSignature,
} from './pictureLikeness.ts';
import { type PictureMark, pictureMarkSchema, type TargetType } from './schema.ts';
import { type Target, targetOf } from './targets.ts';
import { unnamed } from './texts.ts';

const marks = () => collection('pictureMarks', pictureMarkSchema);
const keptMs = 2 * 365 * 86_400_000;
const mostAlike = 20;

const shownPictures = z.array(z.object({ thumbPath: z.string() })).catch([]);
const pictured = z.object({ photos: shownPictures, beforeAfter: shownPictures, images: shownPictures });

function thumbsOf(content: DocumentSnapshot): string[] {
  if (!content.exists) return [];
  const { photos, beforeAfter, images } = pictured.parse(content.data());
  return [...photos, ...beforeAfter, ...images].map(({ thumbPath }) => thumbPath);
}

/** Null where it is gone meanwhile, or shows too little. */
async function signatureOf(thumbPath: string): Promise<PictureSignature | null> {
  if (!(await isFile(thumbPath))) return null;
  const [bytes] = await bucket().file(thumbPath).download();
  return pictureSignature(await glanceAt(bytes, glance));
}

const isAlike = (signature: PictureSignature, { hash }: PictureMark) =>
  [signature.hash, signature.mirrored].some((own) => differenceOf(own, hashFromHex(hash)) <= mostDifferent);

async function earlierOnes(signature: PictureSignature, mark: PictureMark): Promise<PictureMark[]> {
  const bands = [...new Set([signature.hash, signature.mirrored].flatMap(pictureBands))];
  const alike = marks().where('bands', 'array-contains-any', bands).orderBy('at').limit(mostAlike);
  return (await alike.get()).docs
    .map((found) => found.data())
    .filter((found) => found.key !== mark.key && found.at.toMillis() < mark.at.toMillis())
    .filter((found) => isAlike(signature, found));
}

async function knownBefore(
  target: Target,
  uid: string,
  thumbPath: string,
  at: number,
): Promise<KnownPictures> {
  const signature = await signatureOf(thumbPath);
  if (!signature) return { byOthers: false, byAuthorElsewhere: false };
  const mark: PictureMark = {
    ...{ hash: hexOf(signature.hash), bands: pictureBands(signature.hash), ...unnamed(target.path, uid) },
    ...{
      hospitalId: target.hospitalId,
      at: Timestamp.fromMillis(at),
      purgeAt: Timestamp.fromMillis(at + keptMs),
    },
  };
  const earlier = await earlierOnes(signature, mark);
  await marks()
    .doc(`${mark.key}-${unnamed(thumbPath, uid).key}`)
    .create(mark)
    .catch((error: unknown) => {
      if (!isAlreadyThere(error)) throw error;
    });
  const own = earlier.filter(({ author }) => author === mark.author);
  const isElsewhere = ({ hospitalId }: PictureMark) =>
    hospitalId !== null && target.hospitalId !== null && hospitalId !== target.hospitalId;
  return { byOthers: own.length < earlier.length, byAuthorElsewhere: own.some(isElsewhere) };
}

/** A review or post shows other pictures than before: judged are the new ones. Nothing is read where there are none. */
export async function judgeShownPictures(
  type: TargetType,
  { before, after }: Change<DocumentSnapshot>,
): Promise<void> {
  const was = thumbsOf(before);
  const news = thumbsOf(after).filter((path) => !was.includes(path));
  if (news.length === 0) return;
  const target = targetOf(type, after.id, after.data());
  if (target.state !== 'shown' || hasLeft(target)) return;
  const uid = (await authorOf(target)) ?? '';
  const at = after.updateTime?.toMillis() ?? Date.now();
  const known: KnownPictures[] = [];
  // One after another: each is decoded in memory.
  for (const path of news) known.push(await knownBefore(target, uid, path, at));
  const verdict = judgePictures(type, {
    byOthers: known.some(({ byOthers }) => byOthers),
    byAuthorElsewhere: known.some(({ byAuthorElsewhere }) => byAuthorElsewhere),
  });
  if (verdict.action === 'publish') return;
  const reasons = verdict.findings.map(({ code }) => code);
  const done = await raise(target, { reasons, message: explain(verdict), hide: verdict.action === 'hold' });
  log.info('moderation.pictureJudged', { type, done, reasons: reasons.join(',') });
}
