/**
 * Keeping the community honest: what the server finds in texts, members' reports, holding back and taking down, appeals,
 * and blocks between members. Content carries `moderation` while it is held back and at no other time, so that what is
 * released is exactly what it was before.
 */
import { z } from 'zod';
import { count, id, instant, oneOf, optionalText, sized, stampedNow, text } from '../kernel/fields.ts';
import { type CollectionModel, serverOnly } from '../kernel/model.ts';

/** Collections of what members write. A message is called `{roomId}~{messageId}`, as others may have its id. */
export const targetTypes = ['reviews', 'FreeTalks', 'TempReplies', 'messages'] as const;
export type TargetType = (typeof targetTypes)[number];

/** `held`: until an operator has looked. `measured`: 30 days on a claim of rights. `removed`: an operator's decision. */
export const moderationStates = ['held', 'measured', 'removed'] as const;
export type ModerationState = (typeof moderationStates)[number];

const codes = (description: string) =>
  z
    .array(sized(1, 40))
    .max(20)
    .meta({ description, example: ['PHONE_NUMBER'] });
const message = text(600, 'why, for its author, in Korean', '전화번호가 적혀 있어 확인이 필요합니다.');

/** In content that is held back; absent where nothing is. */
export const moderationField = z
  .object({
    state: oneOf(moderationStates, 'what was done', 'held'),
    reasons: codes('stable codes'),
    message,
    at: instant('since when'),
    until: instant('end of a temporary measure; null: none').nullable(),
    appealed: z.boolean().meta({ description: 'whether the author has objected to it', example: false }),
  })
  .meta({ description: 'why it is held back; absent when it is not' });
export type Moderation = z.infer<typeof moderationField>;

export const queueStates = ['open', 'released', 'removed'] as const;
export const decisions = ['release', 'remove', 'measure'] as const;
export type Decision = (typeof decisions)[number];

const by = (description: string) => id(description, 'operator-1');

export const queueItemSchema = z.object({
  path: z.string().max(400).meta({ description: 'the content', example: 'FreeTalks/talk-1' }),
  type: oneOf(targetTypes, 'its collection', 'FreeTalks'),
  authorUid: id('who wrote it', 'kakao:9000000001').nullable(),
  hospitalId: id('hospital it is about', 'h1').nullable(),
  digest: z.string().max(64).meta({ description: 'of the text it is about', example: '0a1b2c3d4e5f6071' }),
  excerpt: optionalText(300, 'beginning of that text', '문의는 010-…'),
  reasons: codes('what was found, reported or claimed'),
  message,
  state: oneOf(queueStates, 'open: waits for an operator', 'open'),
  hidden: z.boolean().meta({ description: 'whether the content is held back', example: true }),
  measureEndsAt: instant('end of a running 30-day measure; null: none runs').nullable(),
  measures: count('30-day measures taken against this content'),
  removed: z
    .int()
    .min(0)
    .max(1)
    .meta({ description: '1 when a claim of rights led to removal, else 0', example: 0 }),
  reportCount: count('members who have reported it'),
  reportsAsOf: instant('read time of that recount').nullable(),
  appeal: z
    .object({ text: text(1000, 'in the author’s words', '사실대로 썼습니다.'), at: instant('when') })
    .nullable()
    .meta({ description: 'objection to the last decision; null: none' }),
  decision: oneOf(decisions, 'what an operator types: release, remove or measure', 'release').nullable(),
  decisionNote: text(500, 'why; goes into the audit log', '사실에 근거한 후기').nullable(),
  decisionProblems: z
    .array(z.string().max(200))
    .max(5)
    .meta({ description: 'why a decision was not accepted, in Korean', example: [] }),
  decidedBy: by('operator, `console` or `system`; null: undecided').nullable(),
  openedAt: instant('when it came up, or came up again'),
  decidedAt: instant('when decided').nullable(),
  updatedAt: instant('last change by the server'),
});
export type QueueItem = z.infer<typeof queueItemSchema>;

export const reportReasons = ['허위', '대가성', '광고', '욕설', '개인정보', '저작권', '기타'] as const;
export type ReportReason = (typeof reportReasons)[number];

const reportContent = {
  targetType: oneOf(targetTypes, 'collection of what is reported', 'FreeTalks'),
  targetId: id('its document id', 'talk-1'),
  reporterUid: id('who reports', 'kakao:9000000001'),
  reason: oneOf(reportReasons, 'ground', '광고'),
  text: optionalText(500, 'in the reporter’s words', '병원 직원이 쓴 글 같아요.'),
};
const flag = (description: string) => z.int().min(0).max(1).meta({ description, example: 0 });

export const reportSchema = z.object({
  ...reportContent,
  upheld: flag('1 when it was found right'),
  dismissed: flag('1 when it was found wrong, or no ground'),
  answer: text(300, 'for the reporter, in Korean', '확인 후 조치했습니다.').nullable(),
  createdAt: instant('when'),
});
export type Report = z.infer<typeof reportSchema>;

export const reportCreate = z.strictObject({
  ...reportContent,
  upheld: z.literal(0),
  dismissed: z.literal(0),
  answer: z.null(),
  createdAt: stampedNow('when'),
});

export const reporterSchema = z.object({
  upheld: count('reports found right'),
  dismissed: count('reports found wrong'),
  asOf: instant('read time of that recount').nullable(),
});
export type Reporter = z.infer<typeof reporterSchema>;

export const fingerprintsSchema = z.object({
  count: count('texts in it'),
  texts: optionalText(100_000, 'signatures as JSON; no text can be read from one, nor who wrote it', '[]'),
  newestAt: instant('when it was written'),
  purgeAt: instant('deleted by Firestore’s TTL policy after this'),
});

const digest = (hexDigits: number, description: string) =>
  z
    .string()
    .regex(new RegExp(`^[0-9a-f]{${hexDigits}}$`))
    .meta({ description, example: '0'.repeat(hexDigits) });
export const pictureMarkSchema = z.object({
  hash: digest(16, 'what it shows: 64 bits, from which no picture can be made'),
  bands: z
    .array(z.string())
    .length(4)
    .meta({
      description: 'the hash in four words, by which Firestore finds what is like it',
      example: ['0.00ff'],
    }),
  key: digest(8, 'of the content it stands in'),
  author: digest(6, 'tells authors apart; too short to find one'),
  hospitalId: id('of a review: its hospital', 'h1').nullable(),
  at: instant('when it came to stand there: of two alike the later one is the copy'),
  purgeAt: instant('deleted by Firestore’s TTL policy after this'),
});
export type PictureMark = z.infer<typeof pictureMarkSchema>;

/** Two people, sorted: `{a}~{b}`. */
export const blockSchema = z.object({
  uids: z
    .array(id('member', 'kakao:9000000001'))
    .length(2)
    .meta({ description: 'the two, sorted', example: ['kakao:1', 'kakao:2'] }),
  by: z
    .array(id('member', 'kakao:9000000001'))
    .min(1)
    .max(2)
    .meta({ description: 'who of them has blocked the other', example: ['kakao:1'] }),
  createdAt: instant('since when'),
});

export const mostBlocks = 500;
const uids = (description: string) =>
  z
    .array(id('member', 'kakao:9000000002'))
    .max(2_000)
    .meta({ description, example: ['kakao:9000000002'] });
export const blockListSchema = z.object({
  blocked: uids('whom the member has blocked'),
  hidden: uids('whose content the app leaves out: blocked either way'),
  updatedAt: instant('last change'),
});

const path = z
  .string()
  .max(400)
  .regex(/^((reviews|FreeTalks|TempReplies)\/[^/]+|Chatting\/[^/]+\/messages\/[^/]+)$/)
  .meta({ description: 'the content', example: 'FreeTalks/talk-1' });

export const appealInput = z.strictObject({
  path,
  text: text(1000, 'why it should be shown', '사실대로 쓴 후기입니다.'),
});
export const decideModerationInput = z.strictObject({
  path,
  decision: oneOf(
    ['release', 'remove'],
    'release shows it as it was; remove keeps it from being shown',
    'release',
  ),
  note: text(500, 'why; goes into the audit log', '사실에 근거한 후기'),
});
export const imposeMeasureInput = z.strictObject({
  path,
  note: text(500, 'who claims which right, and how it was shown', '라온뷰티의원, 명예훼손 주장, 신청서 접수'),
});
export const moderationOutput = z.strictObject({
  path: z.string().meta({ description: 'the content', example: 'FreeTalks/talk-1' }),
  state: oneOf(['shown', ...moderationStates, 'gone'], 'what it is now', 'shown'),
});
export type Moderated = z.infer<typeof moderationOutput>;

export const blockInput = z.strictObject({ uid: id('whom', 'kakao:9000000002') });
export const blockOutput = z.strictObject({
  uid: z.string().meta({ description: 'whom', example: 'kakao:9000000002' }),
  blocked: z.boolean().meta({ description: 'whether the caller blocks that member now', example: true }),
});

export const moderationModels: readonly CollectionModel[] = [
  {
    path: 'moderationQueue/{targetId}',
    purpose: 'Content an operator has to look at, or has. Id: `{type}-{document id}`.',
    stored: queueItemSchema,
    access: {
      get: 'operators',
      list: 'operators',
      write: 'server only (operators in the console: `decision`, `decisionNote`)',
    },
    withdrawal: 'deleted with the content it is about, or anonymised where that stays',
    queries: [
      {
        screen: 'what waits for an operator, oldest first',
        where: [{ field: 'state', op: '==' }],
        orderBy: [{ field: 'openedAt', direction: 'asc' }],
        limit: 50,
      },
      {
        screen: 'measures that have ended (server, every five minutes)',
        where: [],
        orderBy: [{ field: 'measureEndsAt', direction: 'asc' }],
        limit: 100,
      },
      {
        screen: 'take-downs of a hospital (server)',
        where: [{ field: 'hospitalId', op: '==' }],
        limit: 0,
        aggregates: ['measures', 'removed'],
      },
      { screen: 'about a member who leaves (server)', where: [{ field: 'authorUid', op: '==' }], limit: 100 },
    ],
  },
  {
    path: 'reports/{reportId}',
    purpose: 'Members’ reports. Id: `{targetType}_{targetId}_{reporterUid}`: one per member and content.',
    stored: reportSchema,
    access: {
      get: 'the reporter and operators',
      list: 'operators, at most 50',
      write:
        'the reporter creates, unless suspended, about what others wrote; what became of it is the server’s',
    },
    withdrawal: 'deleted',
    client: { create: reportCreate },
    queries: [
      {
        screen: 'reports of a content (server)',
        where: [
          { field: 'targetType', op: '==' },
          { field: 'targetId', op: '==' },
        ],
        limit: 50,
      },
      {
        screen: 'reports a decision answers (server)',
        where: [
          { field: 'targetType', op: '==' },
          { field: 'targetId', op: '==' },
          { field: 'upheld', op: '==' },
          { field: 'dismissed', op: '==' },
        ],
        orderBy: [{ field: 'createdAt', direction: 'asc' }],
        limit: 50,
      },
      {
        screen: 'how often a reporter was right (server)',
        where: [{ field: 'reporterUid', op: '==' }],
        limit: 0,
        aggregates: ['upheld', 'dismissed'],
      },
    ],
  },
  {
    path: 'reporters/{uid}',
    purpose: 'How often a member’s reports were right: what their next one weighs.',
    stored: reporterSchema,
    access: serverOnly,
    withdrawal: 'deleted',
    queries: [],
  },
  {
    path: 'fingerprints/{blockId}',
    purpose: 'Signatures of up to 200 texts each, by which a copy is known.',
    stored: fingerprintsSchema,
    access: serverOnly,
    withdrawal: 'names nobody; deleted by Firestore’s TTL policy after 180 days',
    queries: [
      {
        screen: 'newest (server, when an instance starts, then every ten minutes)',
        where: [],
        orderBy: [{ field: 'newestAt', direction: 'desc' }],
        limit: 40,
      },
    ],
  },
  {
    path: 'pictureMarks/{markId}',
    purpose: 'What published pictures show, by which a copy is known. Id: digests of content and picture.',
    stored: pictureMarkSchema,
    access: serverOnly,
    withdrawal: 'names nobody; deleted by Firestore’s TTL policy after two years',
    queries: [
      {
        screen: 'pictures like one (server, when it is published)',
        where: [{ field: 'bands', op: 'array-contains-any' }],
        orderBy: [{ field: 'at', direction: 'asc' }],
        limit: 20,
      },
    ],
  },
  {
    path: 'users/{uid}/private/blocks',
    purpose:
      'Whom the member has blocked, and whose content the app leaves out of lists: one read for all lists.',
    stored: blockListSchema,
    access: {
      get: 'the owner and operators',
      list: 'nobody',
      write: 'server only (`blockMember`, `unblockMember`)',
    },
    withdrawal: 'deleted with the account; the lists of others forget the member',
    queries: [],
  },
  {
    path: 'blocks/{pair}',
    purpose: 'Two members one of whom has blocked the other. Id: both uids, sorted, joined by `~`.',
    stored: blockSchema,
    access: serverOnly,
    withdrawal: 'deleted',
    queries: [
      {
        screen: 'blocks of a member who leaves (server)',
        where: [{ field: 'uids', op: 'array-contains' }],
        limit: 100,
      },
    ],
  },
];
