/**
 * Feeds made anew from what they show: `npm run rebuild -- feeds`. What differs is written through the same transactions that
 * keep them, so that it may run at any time beside the triggers; what is right is left alone.
 */
import { FieldPath, type QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { type ReviewCard, reviewCardSchema } from '../directory/schema.ts';
import { sameValue } from '../kernel/same.ts';
import { db } from '../platform/firebase.ts';
import { lookAtNewest } from '../reviews/rating.ts';
import { feedDocument } from './documents.ts';
import { followEvents } from './eventLists.ts';
import { homeParts, lookUpHome } from './home.ts';
import { lookUpPage, pageParts } from './hospitalPage.ts';
import { listId, listsOf, regionOf } from './lists.ts';
import { eventListSchema, type FeedRegion, feedRegions } from './schema.ts';

const perPage = 200;

export interface RebuiltFeeds {
  /** Events and hospitals looked at. */
  looked: number;
  /** Documents that were otherwise. */
  mended: number;
}

async function forEach(
  collection: string,
  work: (page: readonly QueryDocumentSnapshot[]) => Promise<void>,
): Promise<void> {
  const all = db().collection(collection).orderBy(FieldPath.documentId()).limit(perPage);
  for (let page = await all.get(); !page.empty; page = await all.startAfter(page.docs.at(-1)?.id).get()) {
    await work(page.docs);
    if (page.size < perPage) return;
  }
}

const listsIn = (event: QueryDocumentSnapshot): readonly FeedRegion[] => {
  const region = regionOf(event.get('region'));
  return region ? listsOf(region) : [];
};

/** Documents below `feeds` that are no page of a list: pages behind the last one, and what does not belong there. */
async function dropSurplus(feed: QueryDocumentSnapshot): Promise<number> {
  if (feed.id === 'home') return 0;
  const { data: page } = eventListSchema.safeParse(feed.data());
  if (page && listId(page.region, page.page) === feed.id) {
    const first = await feedDocument(listId(page.region, 1)).get();
    if (page.page <= Number(first.get('pages') ?? 0)) return 0;
  }
  await feed.ref.delete({ lastUpdateTime: feed.updateTime });
  return 1;
}

/** What stands in lists is looked at as well as what ought to: an event that is gone is in no collection. */
async function rebuildLists(done: RebuiltFeeds): Promise<void> {
  await forEach('feeds', async (feeds) => {
    for (const feed of feeds) {
      const { data: page } = eventListSchema.safeParse(feed.data());
      const cards = page?.cards ?? [];
      const regions = feedRegions.filter((region) => region === page?.region);
      done.mended += await followEvents(cards.map(({ id }) => ({ id, regions })));
    }
  });
  await forEach('Events', async (events) => {
    done.looked += events.length;
    done.mended += await followEvents(events.map((event) => ({ id: event.id, regions: listsIn(event) })));
  });
  await forEach('feeds', async (feeds) => {
    for (const feed of feeds) done.mended += await dropSurplus(feed);
  });
}

const shownOf = (cards: unknown): unknown =>
  reviewCardSchema
    .array()
    .safeParse(cards)
    .data?.map(({ version: _, ...shown }: ReviewCard) => shown) ?? null;

/** The newest reviews of a hospital; left alone where they are right, whenever that was seen. */
async function rebuildNewest(hospitalId: string): Promise<boolean> {
  const page = db().doc(`Hospitals/${hospitalId}`);
  return db().runTransaction(async (tx) => {
    const stored = await tx.get(page);
    if (!stored.exists) return false;
    const newest = await lookAtNewest(hospitalId, (query) => tx.get(query));
    const isRight = sameValue(shownOf(stored.get('reviewCards') ?? []), shownOf(newest.reviewCards));
    // Looked at for the first time: from now on the next review comes without a look.
    if (!isRight || stored.get('reviewCardsAsOf') == null) tx.update(page, { ...newest });
    return !isRight;
  });
}

async function rebuildPages(done: RebuiltFeeds): Promise<void> {
  await forEach('Hospitals', async (hospitals) => {
    done.looked += hospitals.length;
    for (const { id } of hospitals) {
      const isMended = [await lookUpPage(id, pageParts), await rebuildNewest(id)];
      done.mended += isMended.filter((was) => was).length;
    }
  });
}

export async function rebuildFeeds(): Promise<RebuiltFeeds> {
  const done: RebuiltFeeds = { looked: 0, mended: 0 };
  await rebuildLists(done);
  await rebuildPages(done);
  if (await lookUpHome(homeParts)) done.mended += 1;
  return done;
}
