/** Where feeds meet the events of what they show. Each costs nothing unless something that is seen has changed. */
import type { Change, DocumentSnapshot, FirestoreEvent } from 'firebase-functions/v2/firestore';
import { differs, doctorCardOf, eventCardOf, hospitalCardOf, talkOf } from './cards.ts';
import { followEvent } from './eventLists.ts';
import { followHome, isOnHome } from './home.ts';
import { followPage, pageParts } from './hospitalPage.ts';
import { listsOf } from './lists.ts';

type Written = FirestoreEvent<Change<DocumentSnapshot> | undefined>;

const bothOf = <T>(
  { before, after }: Change<DocumentSnapshot>,
  read: (id: string, data: unknown) => T | null,
): readonly [T | null, T | null] => [
  before.exists ? read(before.id, before.data()) : null,
  after.exists ? read(after.id, after.data()) : null,
];

const namesIn = (hospitalIds: readonly (string | undefined)[]) =>
  new Set(hospitalIds.filter((id) => id !== undefined));

/** Part of onHospitalWritten. A page that is new may have had doctors before it had a document. */
export async function followHospitalFeeds({ data }: Written): Promise<void> {
  if (!data) return;
  const [was, is] = bothOf(data, hospitalCardOf);
  const isNew = !data.before.exists && data.after.exists;
  await Promise.all([
    differs(was, is) ? followHome('hospitals') : undefined,
    ...(isNew ? pageParts.map((part) => followPage({ hospitalId: data.after.id, part })) : []),
  ]);
}

/** Part of onDoctorWritten. */
export async function followDoctorFeeds({ data }: Written): Promise<void> {
  if (!data) return;
  const [was, is] = bothOf(data, doctorCardOf);
  if (was?.hospitalId === is?.hospitalId && !differs(was?.card ?? null, is?.card ?? null)) return;
  const stale = [...namesIn([was?.hospitalId, is?.hospitalId])];
  await Promise.all(stale.map((hospitalId) => followPage({ hospitalId, part: 'doctorCards' })));
}

/** Part of onEventWritten. */
export async function followEventFeeds({ data }: Written): Promise<void> {
  if (!data) return;
  const [was, is] = bothOf(data, eventCardOf);
  if (!differs(was, is)) return;
  const regions = [...new Set([was, is].flatMap((card) => (card ? listsOf(card.region) : [])))];
  const stale = [...namesIn([was?.hospitalId, is?.hospitalId])];
  await Promise.all([
    followEvent({ id: data.after.id, regions }),
    ...stale.map((hospitalId) => followPage({ hospitalId, part: 'eventCards' })),
  ]);
}

/**
 * Part of onTalkWritten. Nobody has reacted to a new post: it is not among the hot ones. One that is edited, or seen no
 * more, costs a look at home; one that comes back may belong there.
 */
export async function followTalkFeeds({ data }: Written): Promise<void> {
  if (!data) return;
  const [was, is] = bothOf(data, talkOf);
  const isSame = was?.pinned === is?.pinned && !differs(was?.card ?? null, is?.card ?? null);
  if (isSame) return;
  const isNotice = was?.pinned === true || is?.pinned === true;
  const isHot = (was?.hotScore ?? 0) > 0 || (is?.hotScore ?? 0) > 0;
  const isStale = isHot && (was === null || (await isOnHome(data.after.id)));
  await Promise.all([
    isNotice ? followHome('notices') : undefined,
    isStale ? followHome('talks') : undefined,
  ]);
}
