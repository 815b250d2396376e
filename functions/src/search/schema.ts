/**
 * Searching by words and initial consonants: one index document per page or post that is shown, kept by triggers and made
 * anew by `npm run rebuild -- search`. Nobody reads it but the callable `search`, which answers with cards.
 */
import { z } from 'zod';
import { krw, oneOf, optionalText, sized, text } from '../kernel/fields.ts';
import { type CollectionModel, serverOnly } from '../kernel/model.ts';

export const searchKinds = ['Hospitals', 'Doctors', 'Events', 'FreeTalks'] as const;
export type SearchKind = (typeof searchKinds)[number];

const kind = oneOf(searchKinds, 'collection of what is found', 'Events');

export const searchCard = z.object({
  path: z.string().max(200).meta({ description: 'document it leads to', example: 'Events/e-9f2c-1' }),
  title: text(100, 'name or title', '자연유착 쌍꺼풀'),
  subtitle: optionalText(200, 'where, whose, or which section', '라온뷰티의원 · 서울'),
  thumbPath: z.string().max(300).nullable().meta({ description: 'small picture', example: null }),
  price: krw('of an event, VAT included').nullable(),
});
export type SearchCard = z.infer<typeof searchCard>;

export const searchEntrySchema = z.object({
  kind,
  tokens: z
    .array(z.string())
    .max(700)
    .meta({
      description: 'runs of letters and of initial consonants, groups of synonyms',
      example: ['w:쌍꺼'],
    }),
  text: optionalText(160, 'what is searched, letters and digits only', '자연유착쌍꺼풀라온뷰티의원'),
  choseong: optionalText(160, 'its initial consonants', 'ㅈㅇㅇㅊㅆㄲㅍ'),
  rank: z.number().meta({ description: 'the higher, the earlier', example: 1_764_000_000 }),
  authorKey: z.string().max(6).nullable().meta({
    description:
      '24 bits of a hash of who wrote a post, to leave out blocked members; null for pages and anonymous posts',
    example: '9f86d0',
  }),
  card: searchCard.meta({ description: 'what the app shows' }),
});
export type SearchEntry = z.infer<typeof searchEntrySchema>;

export const searchInput = z.strictObject({
  kind,
  query: sized(1, 60).meta({ description: 'words, or initial consonants', example: 'ㅆㄲㅍ 강남' }),
  cursor: sized(1, 300)
    .nullable()
    .meta({ description: 'where the last page ended; null: from the beginning', example: null }),
});
export const searchOutput = z.strictObject({
  cards: z.array(searchCard).max(40).meta({ description: 'what was found, best first' }),
  cursor: z.string().nullable().meta({
    description: 'for the next page, which may find more even if this one is short; null: no more',
    example: null,
  }),
});
export type Question = z.infer<typeof searchInput>;
export type Found = z.infer<typeof searchOutput>;

export const searchModels: readonly CollectionModel[] = [
  {
    path: 'search/{entryId}',
    purpose: 'Index of the search. Id: `{kind}-{document id}`.',
    stored: searchEntrySchema,
    access: serverOnly,
    withdrawal: 'names nobody; entries of posts that go or change follow them',
    queries: [
      {
        screen: 'search (server): candidates',
        where: [
          { field: 'kind', op: '==' },
          { field: 'tokens', op: 'array-contains' },
        ],
        orderBy: [{ field: 'rank', direction: 'desc' }],
        limit: 40,
      },
    ],
  },
];
