/**
 * The public directory: hospitals, their doctors, their events. Only the server writes here (an operator's
 * approval publishes a registration); everyone reads what is published. Licence numbers and papers are never
 * in these documents: see `Doctors/{doctorId}/private/licence`.
 */
import { z } from 'zod';
import {
  coordinates,
  count,
  id,
  instant,
  koreanDay,
  krw,
  oneOf,
  optionalText,
  phone,
  problemsField,
  text,
} from '../kernel/fields.ts';
import type { CollectionModel } from '../kernel/model.ts';
import { evidenceLevels } from '../reviews/schema.ts';

export const hospitalTypes = [
  '상급종합병원',
  '종합병원',
  '병원',
  '의원',
  '치과병원',
  '치과의원',
  '한방병원',
  '한의원',
] as const;

/** Regions as users choose them: the seventeen 시도, short. */
export const regions = [
  '서울',
  '부산',
  '대구',
  '인천',
  '광주',
  '대전',
  '울산',
  '세종',
  '경기',
  '강원',
  '충북',
  '충남',
  '전북',
  '전남',
  '경북',
  '경남',
  '제주',
] as const;

/** HIRA department codes (dgsbjtCd) the product shows. Source: HIRA code table, see docs/decisions.md. */
export const departmentNames = {
  '01': '내과',
  '05': '정형외과',
  '08': '성형외과',
  '10': '산부인과',
  '12': '안과',
  '13': '이비인후과',
  '14': '피부과',
  '23': '가정의학과',
  '49': '치과',
  '80': '한방내과',
} as const;
export const departmentCodes = ['01', '05', '08', '10', '12', '13', '14', '23', '49', '80'] as const;

const stars = z
  .object({
    s1: count('one star'),
    s2: count('two stars'),
    s3: count('three'),
    s4: count('four'),
    s5: count('five'),
  })
  .meta({ description: 'how many reviews gave each number of stars' });

const honesty = z
  .object({
    asAdvertised: count('paid what was advertised (±3 %)'),
    above: count('paid more'),
    below: count('paid less'),
  })
  .meta({ description: 'what was really paid for its events, beside the advertised price' });

/**
 * The aggregate of published reviews. The score is of those whose visit is proven (receipt, visit), `all` counts the
 * rest too. `asOf` is the read time of the recount that produced it.
 */
export const ratingSchema = z
  .object({
    count: count('published reviews with evidence (receipt, visit)'),
    sum: count('sum of their stars'),
    average: z
      .number()
      .min(0)
      .max(5)
      .meta({ description: 'sum / count, two decimals; 0 without reviews', example: 4.62 }),
    stars,
    all: count('published reviews, with evidence or without'),
    bayes: z.number().min(0).max(5).meta({
      description:
        'for ranking: mean with ten reviews of the usual score added, three decimals; 0 without reviews',
      example: 4.531,
    }),
    honesty,
    asOf: instant('read time of the recount this was taken from').nullable(),
  })
  .meta({ description: 'aggregate of published reviews, kept by onReviewWritten' });
export type Rating = z.infer<typeof ratingSchema>;

export const emptyRating: Rating = {
  ...{ count: 0, sum: 0, average: 0, stars: { s1: 0, s2: 0, s3: 0, s4: 0, s5: 0 } },
  ...{ all: 0, bayes: 0, honesty: { asAdvertised: 0, above: 0, below: 0 }, asOf: null },
};

/** How often what members wrote about a hospital was taken down on a claim of rights: public, kept by onModerationQueueWritten. */
const takedowns = z
  .object({
    measures: count('30-day measures (정보통신망법 제44조의2)'),
    upheld: count('of them, content removed for good'),
    asOf: instant('read time of that recount').nullable(),
  })
  .meta({ description: 'take-downs of what members wrote about it; absent before the first' });

/** How fast it answers who asks it for the first time: public, kept by onMessageWritten. */
const firstReply = z
  .object({
    answered: count('consultations answered'),
    minutes: count('opening minutes a first answer took, on average'),
    within10m: count('answered within ten'),
    within1h: count('within sixty'),
    within1d: count('within 1,440'),
    asOf: instant('read time of that recount').nullable(),
  })
  .meta({ description: 'how fast it answers in consultations; absent before the first answer' });

const departments = z
  .array(z.enum(departmentCodes))
  .min(1)
  .max(10)
  .meta({ description: 'HIRA department codes (dgsbjtCd)', example: ['08', '14'] });

const dayHours = (day: string) =>
  z
    .string()
    .regex(/^(closed|[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9])$/)
    .nullable()
    .meta({ description: `${day}; \`closed\`, or null when not said`, unit: 'KST', example: '10:00-19:00' });

/** Opening hours by day, as far as the hospital's words could be read. */
export const openingHoursSchema = z
  .object({
    mon: dayHours('Monday'),
    tue: dayHours('Tuesday'),
    wed: dayHours('Wednesday'),
    thu: dayHours('Thursday'),
    fri: dayHours('Friday'),
    sat: dayHours('Saturday'),
    sun: dayHours('Sunday'),
    holiday: dayHours('public holidays'),
    lunch: dayHours('lunch break'),
  })
  .meta({ description: 'opening hours by day, read from `hours`' });

/** Why a page is not shown. */
export const hiddenReasons = [
  'WITHDRAWN',
  'INVALID',
  'HOSPITAL_HIDDEN',
  'ENDED',
  'REVIEW_EXPIRED',
  'NOT_YET',
] as const;
export type HiddenBecause = (typeof hiddenReasons)[number];

/** A picture anybody may see. What is below `public/` never changes: another picture has another path. */
const publicPicture = (description: string, example: string | null) =>
  z
    .string()
    .max(300)
    .regex(/^public\//)
    .meta({ description, example });

/** Fields that say whether a page is shown. The server keeps them in step: published is "hidden because of nothing". */
const shownFields = {
  published: z.boolean().meta({
    description:
      'visible to everybody; an operator may set it in the console to withdraw a page or show it again',
    example: true,
  }),
  hiddenBecause: z
    .enum(hiddenReasons)
    .nullable()
    .meta({ description: 'why it is not visible; null when it is', example: null }),
  problems: problemsField,
};

export const doctorSchema = z.object({
  name: text(40, 'name', '김라온'),
  nameChoseong: text(40, 'initial consonants of the name', 'ㄱㄹㅇ'),
  hospitalId: id('where the doctor works', 'h1208147521'),
  hospitalName: text(60, 'denormalised from the hospital', '라온뷰티의원'),
  region: oneOf(regions, 'denormalised from the hospital', '서울'),
  isSpecialist: z
    .boolean()
    .meta({ description: 'holds a specialist qualification that was checked', example: true }),
  specialty: z
    .enum(departmentCodes)
    .nullable()
    .meta({ description: 'department of that qualification', example: '08' }),
  career: z
    .array(z.string().min(1).max(200))
    .max(30)
    .meta({ description: 'career lines', example: ['전 한빛대병원 성형외과'] }),
  focus: z
    .array(z.string().min(1).max(40))
    .max(10)
    .meta({ description: 'main treatments', example: ['쌍꺼풀'] }),
  imagePath: publicPicture('picture, at most 1600 px', null).nullable(),
  thumbPath: publicPicture('the same, small, for lists', null).nullable(),
  rating: ratingSchema,
  ...shownFields,
  createdAt: instant('when first published'),
  updatedAt: instant('last change'),
});
export type Doctor = z.infer<typeof doctorSchema>;

export const eventSchema = z.object({
  title: text(100, 'title, without prices', '자연유착 쌍꺼풀'),
  hospitalId: id('whose event it is', 'h1208147521'),
  hospitalName: text(60, 'denormalised from the hospital', '라온뷰티의원'),
  region: oneOf(regions, 'denormalised from the hospital', '서울'),
  category: optionalText(60, 'body part and treatment', '눈성형 > 쌍꺼풀'),
  priceBefore: krw('price before the discount, VAT included', 1320000),
  priceAfter: krw('price in the event, VAT included', 990000),
  discountPercent: z
    .int()
    .min(0)
    .max(99)
    .meta({ description: 'computed, rounded down', unit: '%', example: 25 }),
  startsOn: koreanDay('first day', '2026-12-01'),
  endsOn: koreanDay('last day', '2027-01-31'),
  target: text(
    300,
    'who gets the price, and what is included (의료법 시행령 23①13)',
    '신규 고객, 수술비에 한함',
  ),
  adReviewNumber: text(60, '의료광고 심의번호, as the board writes it', '261101-중-000001').nullable(),
  adReviewValidUntil: koreanDay(
    'last day of the review (three years); null when not told',
    '2029-10-31',
  ).nullable(),
  sideEffects: optionalText(1000, 'side effects to be shown', '붓기, 멍이 있을 수 있습니다.'),
  imagePath: publicPicture('main picture, at most 1600 px', 'public/events/e1/0a1b2c3d-full.webp').nullable(),
  thumbPath: publicPicture(
    'the same as a square of 400 px, for lists',
    'public/events/e1/0a1b2c3d-thumb.webp',
  ).nullable(),
  detailPaths: z
    .array(publicPicture('a picture', 'public/events/e1/4e5f6a7b-full.webp'))
    .max(10)
    .meta({ description: 'pictures that tell more', example: [] }),
  appearsAt: instant('00:00 KST of the first day: from then on it is shown'),
  vanishesAt: instant('00:00 KST after the last day, or after the review’s if that is earlier'),
  reviewedAs: z.string().max(100).nullable().meta({
    description: 'digest of title, prices, target and pictures as they were reviewed, and the review number',
    example: '9f2c41d00a1b2c3d 261101-중-000001',
  }),
  reviewNoticeAt: instant('when the hospital is told next that the review number expires').nullable(),
  rating: ratingSchema,
  ...shownFields,
  createdAt: instant('when first published'),
  updatedAt: instant('last change'),
});
export type Event = z.infer<typeof eventSchema>;

const cardId = id('document id', 'd-9f2c-1');
const cardRating = ratingSchema
  .pick({ count: true, average: true })
  .meta({ description: 'score; follows within five minutes' });

/** What lists and the page of the hospital show of a doctor. */
export const doctorCardSchema = doctorSchema
  .pick({ name: true, isSpecialist: true, specialty: true, focus: true, thumbPath: true, createdAt: true })
  .extend({ id: cardId, rating: cardRating });
export type DoctorCard = z.infer<typeof doctorCardSchema>;

/** What lists show of an event. */
export const eventCardSchema = eventSchema
  .pick({ title: true, hospitalId: true, hospitalName: true, region: true, category: true })
  .extend(eventSchema.pick({ priceBefore: true, priceAfter: true, discountPercent: true }).shape)
  .extend(eventSchema.pick({ endsOn: true, vanishesAt: true, thumbPath: true, createdAt: true }).shape)
  .extend({ id: cardId, rating: cardRating });
export type EventCard = z.infer<typeof eventCardSchema>;

export const longestExcerpt = 200;
/** What the page of the hospital shows of a review. */
export const reviewCardSchema = z.object({
  id: id('document id', 'kakao:9000000001_h1_2026-11-10'),
  authorUid: id('who wrote it, for leaving out blocked members', 'kakao:9000000001'),
  authorNickname: text(20, 'as in the review', '민지', 2),
  rating: z.int().min(1).max(5).meta({ description: 'stars', example: 5 }),
  evidence: oneOf(evidenceLevels, 'what proves the visit', 'receipt'),
  text: optionalText(longestExcerpt, 'beginning of the review', '상담부터 수술까지 친절했어요.'),
  treatments: z.array(z.string()).meta({ description: 'treatments, as tags', example: ['쌍꺼풀'] }),
  visitDate: koreanDay('day of the visit'),
  thumbPaths: z.array(z.string()).max(5).meta({ description: 'its pictures, small', example: [] }),
  createdAt: instant('when written'),
  version: instant('commit of the review that this is of: an older one does not replace it'),
});
export type ReviewCard = z.infer<typeof reviewCardSchema>;

export const mostCards = { doctors: 30, events: 20, reviews: 5 } as const;
const cards = {
  doctorCards: z.array(doctorCardSchema).max(mostCards.doctors).meta({
    description: 'its doctors, the first of them first (onDoctorWritten)',
    example: [],
  }),
  eventCards: z.array(eventCardSchema).max(mostCards.events).meta({
    description: 'its events, newest first (onEventWritten)',
    example: [],
  }),
  reviewCards: z.array(reviewCardSchema).max(mostCards.reviews).meta({
    description: 'its newest published reviews, written with the rating (onReviewWritten)',
    example: [],
  }),
  reviewCardsAsOf: instant('read time of the last look at all its reviews').nullable(),
};
/** Of a hospital about which nothing has been looked up. */
export const noCards = { doctorCards: [], eventCards: [], reviewCards: [], reviewCardsAsOf: null };

export const hospitalSchema = z.object({
  name: text(60, 'registered name of the institution', '라온뷰티의원'),
  nameChoseong: text(60, 'initial consonants of the name, for search', 'ㄹㅇㅂㅌㅇㅇ'),
  type: oneOf(hospitalTypes, 'kind of institution (종별)', '의원'),
  representative: text(40, 'representative (대표자)', '김라온'),
  region: oneOf(regions, '시도, short form', '서울'),
  district: text(20, '시군구', '강남구'),
  address: text(200, 'road-name address', '서울특별시 강남구 테헤란로 123, 4층'),
  zip: z
    .string()
    .regex(/^[0-9]{5}$/)
    .nullable()
    .meta({ description: 'post code', example: '06000' }),
  location: coordinates.nullable(),
  phone: phone('reception'),
  homepage: z.url().nullable().meta({ description: 'home page', example: 'https://raon.example' }),
  departments,
  hours: optionalText(500, 'opening hours as the hospital writes them', '평일 10:00-19:00, 토 10:00-16:00'),
  openingHours: openingHoursSchema.nullable(),
  introduction: optionalText(2000, 'what the hospital says of itself', '강남역 3번 출구 앞입니다.'),
  imagePaths: z
    .array(publicPicture('a picture', 'public/hospitals/h1/0a1b2c3d-full.webp'))
    .max(20)
    .meta({ description: 'pictures, at most 1600 px', example: [] }),
  thumbPath: publicPicture('the first picture, small, for lists', null).nullable(),
  rating: ratingSchema,
  takedowns: takedowns.optional(),
  firstReply: firstReply.optional(),
  ...cards,
  ...shownFields,
  createdAt: instant('when it was first published'),
  updatedAt: instant('last change'),
});
export type Hospital = z.infer<typeof hospitalSchema>;

/** What home shows of a hospital. */
export const hospitalCardSchema = hospitalSchema
  .pick({ name: true, type: true, region: true, district: true, departments: true, thumbPath: true })
  .extend({
    id: cardId,
    rating: ratingSchema
      .pick({ count: true, average: true, bayes: true })
      .meta({ description: 'score; follows within five minutes' }),
  });
export type HospitalCard = z.infer<typeof hospitalCardSchema>;

/** Only where somebody typed it by hand. */
const privateProblems = problemsField.optional();

export const hospitalPrivateSchema = z.object({
  businessNumber: z
    .string()
    .regex(/^[0-9]{10}$/)
    .meta({ description: '사업자등록번호', example: '1208147521' }),
  careInstitutionNumber: z
    .string()
    .regex(/^[0-9]{8}$/)
    .nullable()
    .meta({ description: '요양기관기호', example: '12345678' }),
  contactEmail: z
    .email()
    .meta({ description: 'the address registrations came from', example: 'desk@raon.example' }),
  registrationId: id('registration it was published from', 'mail_1'),
  problems: privateProblems,
});
export type HospitalPrivate = z.infer<typeof hospitalPrivateSchema>;

export const doctorPrivateSchema = z.object({
  licenceNumber: z
    .string()
    .regex(/^[1-9][0-9]{0,5}$/)
    .meta({ description: '의사면허번호 without leading zeros', example: '12345' }),
  specialistNumber: z
    .string()
    .regex(/^[1-9][0-9]{0,5}$/)
    .nullable()
    .meta({ description: '전문의 자격번호', example: '4567' }),
  registrationId: id('registration it was published from', 'mail_1'),
  problems: privateProblems,
});
export type DoctorPrivate = z.infer<typeof doctorPrivateSchema>;

export const setPagePublishedInput = z.strictObject({
  path: z
    .string()
    .regex(/^(Hospitals|Doctors|Events)\/(?!\.{1,2}$)(?!__.*__$)[^/]{1,128}$/)
    .meta({ description: 'the page', example: 'Events/e-9f2c-1' }),
  published: z
    .boolean()
    .meta({ description: 'false: withdraw it; true: show it, if it may be shown', example: false }),
  reason: text(
    500,
    'why, for the audit log; lines `CODE: reason` let a finding of the advertising law pass',
    '병원 요청 (문의 1234)',
  ),
});
export type SetPagePublished = z.infer<typeof setPagePublishedInput>;
export const setPagePublishedOutput = z.strictObject(shownFields);
export type Shown = z.infer<typeof setPagePublishedOutput>;

const publicAccess = {
  get: 'everybody, when published; operators always',
  list: 'everybody, published only, at most 50 at a time',
  write: 'server only (approval of a registration, operators in the console)',
};
const eventAccess = {
  ...publicAccess,
  get: 'everybody, when published and before `vanishesAt`; operators always',
};
/** A hospital that is hidden, renamed or moved takes what is its along. */
const ofHospital = {
  screen: 'all of a hospital, page by page (onHospitalWritten)',
  where: [{ field: 'hospitalId', op: '==' }],
  limit: 100,
} as const;
const staffOnly = { get: 'operators', list: 'nobody', write: 'server only' };

export const directoryModels: readonly CollectionModel[] = [
  {
    path: 'Hospitals/{hospitalId}',
    purpose: 'Hospitals as everybody sees them.',
    stored: hospitalSchema,
    access: publicAccess,
    withdrawal:
      'about a hospital: not touched; its newest reviews name their authors as the reviews do, and follow these',
    queries: [
      {
        screen: 'hospitals of a region, best rated first',
        where: [
          { field: 'published', op: '==' },
          { field: 'region', op: '==' },
        ],
        orderBy: [{ field: 'rating.average', direction: 'desc' }],
        limit: 20,
      },
      {
        screen: 'hospitals with a department, newest first',
        where: [
          { field: 'published', op: '==' },
          { field: 'departments', op: 'array-contains' },
        ],
        orderBy: [{ field: 'createdAt', direction: 'desc' }],
        limit: 20,
      },
      {
        screen: 'best rated, for home (server)',
        where: [{ field: 'published', op: '==' }],
        orderBy: [{ field: 'rating.bayes', direction: 'desc' }],
        limit: 20,
      },
    ],
  },
  {
    path: 'Hospitals/{hospitalId}/private/{document}',
    purpose: 'What only operators may see of a hospital (one document: `registration`).',
    stored: hospitalPrivateSchema,
    access: staffOnly,
    withdrawal: 'about hospitals and their doctors: not touched',
    queries: [],
  },
  {
    path: 'Doctors/{doctorId}',
    purpose: 'Doctors as everybody sees them.',
    stored: doctorSchema,
    access: publicAccess,
    withdrawal: 'about hospitals and their doctors: not touched',
    queries: [
      {
        screen: 'doctors of a hospital',
        where: [
          { field: 'published', op: '==' },
          { field: 'hospitalId', op: '==' },
        ],
        orderBy: [{ field: 'rating.average', direction: 'desc' }],
        limit: 20,
      },
      {
        screen: 'doctors on the page of their hospital (server)',
        where: [
          { field: 'published', op: '==' },
          { field: 'hospitalId', op: '==' },
        ],
        orderBy: [{ field: 'createdAt', direction: 'asc' }],
        limit: 30,
      },
      ofHospital,
    ],
  },
  {
    path: 'Doctors/{doctorId}/private/{document}',
    purpose: 'Licence facts (one document: `licence`), for operators only.',
    stored: doctorPrivateSchema,
    access: staffOnly,
    withdrawal: 'about hospitals and their doctors: not touched',
    queries: [],
  },
  {
    path: 'Events/{eventId}',
    purpose: 'Priced offers of hospitals with a period.',
    stored: eventSchema,
    access: eventAccess,
    withdrawal: 'about hospitals and their doctors: not touched',
    queries: [
      {
        screen: 'events of a region, newest first',
        where: [
          { field: 'published', op: '==' },
          { field: 'region', op: '==' },
        ],
        orderBy: [{ field: 'createdAt', direction: 'desc' }],
        limit: 30,
      },
      {
        screen: 'events of a hospital',
        where: [
          { field: 'published', op: '==' },
          { field: 'hospitalId', op: '==' },
        ],
        orderBy: [{ field: 'createdAt', direction: 'desc' }],
        limit: 20,
      },
      ofHospital,
      {
        screen: 'whose day has come (turnEvents)',
        where: [{ field: 'hiddenBecause', op: '==' }],
        orderBy: [{ field: 'appearsAt', direction: 'asc' }],
        limit: 100,
      },
      {
        screen: 'whose last day is over (turnEvents)',
        where: [{ field: 'published', op: '==' }],
        orderBy: [{ field: 'vanishesAt', direction: 'asc' }],
        limit: 100,
      },
      {
        screen: 'whose review number expires (tellReviewExpiry)',
        where: [],
        orderBy: [{ field: 'reviewNoticeAt', direction: 'asc' }],
        limit: 100,
      },
    ],
  },
];
