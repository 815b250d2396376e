/** Home, the lists of events and the cards on pages of hospitals, as triggers and `npm run rebuild -- feeds` make them. */
import { mostCards } from '../functions/src/directory/schema.ts';
import { doctorCardOf, eventCardOf, hospitalCardOf, talkOf } from '../functions/src/feeds/cards.ts';
import { allLists } from '../functions/src/feeds/lists.ts';
import { type Home, mostOnHome } from '../functions/src/feeds/schema.ts';
import { compareInstants, newestFirst } from '../functions/src/kernel/fields.ts';
import { cardedReview } from '../functions/src/reviews/cards.ts';
import type { SeedPost } from './community.ts';
import type { Directory } from './directory.ts';
import { type SeedDocument, seedTime } from './frame.ts';
import type { SeedReview } from './reviews.ts';

const eventCards = ({ events }: Directory) =>
  events.flatMap(({ id, data }) => eventCardOf(id, data) ?? []).sort(newestFirst);

/** Gives every hospital the cards of its doctors, events and newest reviews. */
export function showCards(directory: Directory, reviews: readonly SeedReview[]): void {
  const doctors = directory.doctors
    .flatMap(({ id, data }) => doctorCardOf(id, data) ?? [])
    .sort((a, b) => compareInstants(a.card.createdAt, b.card.createdAt) || (a.card.id < b.card.id ? -1 : 1));
  const events = eventCards(directory);
  const shown = reviews.flatMap(({ id, data }) => cardedReview(id, data) ?? []);
  for (const hospital of directory.hospitals) {
    const own = <T extends { readonly hospitalId: string }>(all: readonly T[]) =>
      all.filter(({ hospitalId }) => hospitalId === hospital.id);
    const newest = own(shown).map(({ card }) => ({ ...card, version: seedTime }));
    hospital.data = {
      ...hospital.data,
      doctorCards: own(doctors)
        .slice(0, mostCards.doctors)
        .map(({ card }) => card),
      eventCards: own(events).slice(0, mostCards.events),
      reviewCards: newest.sort(newestFirst).slice(0, mostCards.reviews),
      reviewCardsAsOf: seedTime,
    };
  }
}

function homeOf(directory: Directory, posts: readonly SeedPost[]): Home {
  const hospitals = directory.hospitals
    .flatMap(({ id, data }) => hospitalCardOf(id, data) ?? [])
    .sort((a, b) => b.rating.bayes - a.rating.bayes || (a.id < b.id ? 1 : -1));
  const talks = posts.flatMap(({ id, data }) => talkOf(id, data) ?? []);
  const hot = talks.filter(({ hotScore }) => hotScore > 0).sort((a, b) => b.hotScore - a.hotScore);
  const pinned = talks
    .filter((talk) => talk.pinned)
    .sort((a, b) => compareInstants(b.card.createdAt, a.card.createdAt));
  return {
    events: eventCards(directory).slice(0, mostOnHome.events),
    hospitals: hospitals.slice(0, mostOnHome.hospitals),
    talks: hot.slice(0, mostOnHome.talks).map(({ card }) => card),
    notices: pinned.slice(0, mostOnHome.notices).map(({ card }) => card),
    numbersAsOf: seedTime,
  };
}

export function feedDocuments(directory: Directory, posts: readonly SeedPost[]): SeedDocument[] {
  const lists = [...allLists(eventCards(directory))];
  return [
    { path: 'feeds/home', data: { ...homeOf(directory, posts) } },
    ...lists.map(([id, list]) => ({ path: `feeds/${id}`, data: { ...list } })),
  ];
}
