/** The pictures of a registration: made of its papers, put where everybody may see them, noted in the registration. */

import { sameValue } from '../kernel/same.ts';
import { isFile } from '../platform/files.ts';
import { bucket, Timestamp } from '../platform/firebase.ts';
import { makePicture } from '../platform/pictures.ts';
import { collection } from '../platform/store.ts';
import { Refusal } from './pageLookup.ts';
import { shownPapers } from './pictures.ts';
import { type Paper, type Picture, type Registration, registrationSchema } from './schema.ts';

const pageIds = { hospital: 'h', doctor: 'd', event: 'e', unknown: 'u' } as const;

/** The picture of each paper that is shown, in order. Throws where they have not been made yet: the event comes again. */
export function picturesOf({ kind, papers, pictures = [] }: Registration): (Picture & Pick<Paper, 'role'>)[] {
  return shownPapers(kind, papers).map(({ role, sha256 }) => {
    const picture = pictures.find((each) => each.sha256 === sha256);
    if (!picture) throw new Error('pictures have not been made');
    return { ...picture, role };
  });
}

/** Refuses where the main picture of an event could not be made: it is the event's card. */
export function refuseBrokenMain(pictures: readonly (Picture & Pick<Paper, 'role'>)[]): void {
  const broken = pictures.find(({ role, problem }) => role === 'main' && problem !== null);
  if (broken) throw new Refusal(`이벤트 메인사진: ${broken.problem}`);
}

async function store(path: string, content: Buffer): Promise<void> {
  // A path is made from the bytes it was made of, so what is there never changes.
  const metadata = { cacheControl: 'public, max-age=31536000, immutable' };
  await bucket().file(path).save(content, { resumable: false, contentType: 'image/webp', metadata });
}

async function pictureFrom(folder: string, isSquare: boolean, { sha256, path }: Paper): Promise<Picture> {
  const stem = `${folder}/${sha256.slice(0, 8)}`;
  const [full, thumb] = [`${stem}-full.webp`, `${stem}-thumb.webp`];
  const there = await Promise.all([full, thumb].map(isFile));
  if (!there.includes(false)) return { sha256, full, thumb, problem: null };
  const [source] = await bucket().file(path).download();
  const made = await makePicture(source, { isSquare });
  if ('problem' in made) return { sha256, full: null, thumb: null, problem: made.problem };
  await Promise.all([store(full, made.full), store(thumb, made.thumb)]);
  return { sha256, full, thumb, problem: null };
}

/**
 * Makes the pictures that belong on the page and notes them in the registration, before its approval, so that no page lacks
 * its picture. Doing it again makes nothing anew. A picture that cannot be made is noted with the reason.
 */
export async function copyPublicImages(id: string, registration: Registration): Promise<void> {
  const { kind, target, papers } = registration;
  const [, changed] = target?.split('/') ?? [];
  const folder = `public/${kind}s/${changed ?? `${pageIds[kind]}-${id}`}`;
  const pictures: Picture[] = [];
  // One after another: each is decoded in memory.
  for (const paper of shownPapers(kind, papers))
    pictures.push(await pictureFrom(folder, kind === 'event', paper));
  if (sameValue(registration.pictures ?? [], pictures)) return;
  const ref = collection('registrations', registrationSchema).doc(id);
  await ref.update({ pictures, updatedAt: Timestamp.now() });
}
