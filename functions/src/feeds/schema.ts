/**
 * What the first screens of the app show, in documents of their own: home is one read, a list of events one for each hundred.
 * Made from the pages and posts themselves, kept by triggers and a job, made anew by `npm run rebuild -- feeds`.
 */
import { z } from 'zod';
import { freeTalkSchema } from '../community/schema.ts';
import { eventCardSchema, hospitalCardSchema, regions } from '../directory/schema.ts';
import { count, id, instant } from '../kernel/fields.ts';
import type { CollectionModel } from '../kernel/model.ts';

/** Lists there are: of each region, and of all of them. */
export const feedRegions = ['all', ...regions] as const;
export type FeedRegion = (typeof feedRegions)[number];

export const cardsPerPage = 100;
/** The newest five thousand of a list; older ones are found by searching. */
export const mostPages = 50;
export const mostOnHome = { events: 20, hospitals: 20, talks: 10, notices: 3 } as const;

/** What home shows of a post. */
export const talkCardSchema = freeTalkSchema
  .pick({ title: true, category: true, authorUid: true, authorNickname: true, createdAt: true })
  .extend({
    id: id('document id', 'talk-1'),
    thumbPath: z.string().nullable().meta({ description: 'its first picture, small', example: null }),
    likeCount: count('likes; follow within five minutes'),
    replyCount: count('visible replies; follow within five minutes'),
  });
export type TalkCard = z.infer<typeof talkCardSchema>;

export const homeSchema = z.object({
  events: z.array(eventCardSchema).max(mostOnHome.events).meta({
    description: 'newest events',
    example: [],
  }),
  hospitals: z.array(hospitalCardSchema).max(mostOnHome.hospitals).meta({
    description: 'hospitals with the best `rating.bayes`',
    example: [],
  }),
  talks: z.array(talkCardSchema).max(mostOnHome.talks).meta({
    description: 'posts with the highest `hotScore`, those that somebody has reacted to',
    example: [],
  }),
  notices: z.array(talkCardSchema).max(mostOnHome.notices).meta({
    description: 'pinned notices, newest first',
    example: [],
  }),
  numbersAsOf: instant('scores and hot posts are at least as of then').nullable(),
});
export type Home = z.infer<typeof homeSchema>;
export const emptyHome: Home = { events: [], hospitals: [], talks: [], notices: [], numbersAsOf: null };

export const eventListSchema = z.object({
  region: z.enum(feedRegions).meta({ description: 'which list; `all`: of every region', example: '서울' }),
  page: z.int().min(1).max(mostPages).meta({ description: 'this page', example: 1 }),
  pages: z.int().min(1).max(mostPages).meta({ description: 'how many pages the list has', example: 1 }),
  cards: z.array(eventCardSchema).max(cardsPerPage).meta({
    description: 'events of this page, newest first',
    example: [],
  }),
});
export type EventList = z.infer<typeof eventListSchema>;

const everybody = { get: 'everybody', list: 'nobody', write: 'server only' };

export const feedModels: readonly CollectionModel[] = [
  {
    path: 'feeds/home',
    purpose: 'The home screen: one read.',
    stored: homeSchema,
    access: everybody,
    withdrawal: 'names authors of posts as the posts do: follows them at once',
    queries: [],
  },
  {
    path: 'feeds/{list}',
    purpose:
      'Lists of events, 100 cards a document: `events_{region}_{page}`, pages from 1; `events_all_1` is the beginning of the list of all. A list that has no events has no documents.',
    stored: eventListSchema,
    access: everybody,
    withdrawal: 'names nobody',
    queries: [],
  },
];
