/**
 * What of a page or post is found, and as what it is shown: from its document alone. Pure: knows no Firebase. What changes
 * with every review or reply is not in it, or only in steps, so that the index is seldom written.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { departmentCodes, departmentNames } from '../directory/schema.ts';
import { type Instant, isInstant } from '../kernel/fields.ts';
import type { SearchCard, SearchEntry, SearchKind } from './schema.ts';
import { indexed } from './tokens.ts';

/** Everything an entry is made of; the rest follows. */
export interface Source {
  readonly kind: SearchKind;
  /** In the order of weight: what is too long is left out. */
  readonly said: string;
  readonly rank: number;
  readonly authorKey: string | null;
  readonly card: SearchCard;
}

const words = z.string().catch('');
const maybe = z.string().nullable().catch(null);
const list = z.array(z.string()).catch([]);
const department = z.enum(departmentCodes).nullable().catch(null);
const moment = z
  .custom<Instant>(isInstant)
  .transform((at) => Math.floor(at.toMillis() / 1000))
  .catch(0);
const rated = z.object({ count: z.number().catch(0), all: z.number().optional() }).catch({ count: 0 });

const pageSchema = z.object({
  published: z.boolean().catch(false),
  name: words,
  title: words,
  type: words,
  region: words,
  district: words,
  category: words,
  hospitalName: words,
  departments: z.array(z.enum(departmentCodes)).catch([]),
  specialty: department,
  focus: list,
  thumbPath: maybe,
  priceAfter: z.number().nullable().catch(null),
  rating: rated,
  createdAt: moment,
});
type Page = z.infer<typeof pageSchema>;

const talkSchema = z.object({
  status: words,
  title: words,
  body: words,
  category: words,
  authorUid: maybe,
  createdAt: moment,
});

const joined = (...parts: readonly string[]) => parts.filter((part) => part !== '').join(' ');
const dotted = (...parts: readonly string[]) => parts.filter((part) => part !== '').join(' · ');

/** Reviews in doublings: a page moves up some ten times in its life, not with every review. */
const popularity = ({ rating }: Page) => Math.floor(Math.log2((rating.all ?? rating.count) + 1));

const pages: Readonly<
  Record<
    Exclude<SearchKind, 'FreeTalks'>,
    (page: Page) => Pick<Source, 'said' | 'rank'> & Pick<SearchCard, 'title' | 'subtitle'>
  >
> = {
  Hospitals: (page) => ({
    said: joined(
      ...[page.name, page.region, page.district],
      ...page.departments.map((code) => departmentNames[code]),
      page.type,
    ),
    ...{
      rank: popularity(page),
      title: page.name,
      subtitle: dotted(page.type, joined(page.region, page.district)),
    },
  }),
  Doctors: (page) => ({
    said: joined(
      ...[page.name, page.hospitalName, ...page.focus, page.region],
      page.specialty ? departmentNames[page.specialty] : '',
    ),
    ...{ rank: popularity(page), title: page.name, subtitle: dotted(page.hospitalName, page.region) },
  }),
  Events: (page) => ({
    said: joined(page.title, page.category, page.hospitalName, page.region),
    ...{ rank: page.createdAt, title: page.title, subtitle: dotted(page.hospitalName, page.region) },
  }),
};

/** Enough to tell authors apart in a list of blocked ones, too little to find one. */
export const authorKeyOf = (uid: string): string =>
  createHash('sha256').update(uid).digest('hex').slice(0, 6);

const sections: Readonly<Record<string, string>> = {
  ...{ free: '자유', question: '질문', sideEffect: '부작용', beforeAfter: '전후', hospital: '병원' },
};

function talkOf(id: string, data: unknown): Source | null {
  const { status, title, body, category, authorUid, createdAt } = talkSchema.parse(data);
  if (status !== 'published' || title === '') return null;
  const card = { path: `FreeTalks/${id}`, title: title.slice(0, 100), subtitle: sections[category] ?? '' };
  const said = joined(title, sections[category] ?? '', body);
  return {
    kind: 'FreeTalks',
    said,
    rank: createdAt,
    authorKey: authorUid === null ? null : authorKeyOf(authorUid),
    card: { ...card, thumbPath: null, price: null },
  };
}

/** What a document is found by; null when it is not shown. */
export function sourceOf(kind: SearchKind, id: string, data: unknown): Source | null {
  if (data === undefined || data === null) return null;
  if (kind === 'FreeTalks') return talkOf(id, data);
  const page = pageSchema.parse(data);
  const { said, rank, title, subtitle } = pages[kind](page);
  if (!page.published || title === '') return null;
  const { thumbPath, priceAfter: price } = page;
  return {
    ...{ kind, said, rank, authorKey: null },
    card: {
      path: `${kind}/${id}`,
      title: title.slice(0, 100),
      subtitle: subtitle.slice(0, 200),
      thumbPath,
      price,
    },
  };
}

export function entryOf({ said, ...rest }: Source): SearchEntry {
  const { text, choseong, tokens } = indexed(said);
  return { ...rest, text, choseong, tokens: [...tokens] };
}
