/** zod and the rules agree about every malformed shape of what clients write. Generated from the schemas. */
import { doc, type Firestore, setDoc, updateDoc, writeBatch } from 'firebase/firestore';
import type { z } from 'zod';
import { userEdit } from '../../src/accounts/schema.ts';
import {
  inboxMark,
  messageCreate,
  messageEdit,
  messageTombstone,
  roomCreate,
} from '../../src/chat/schema.ts';
import {
  freeTalkCreate,
  freeTalkEdit,
  likeCreate,
  likeFlagsSchema,
  replyCreate,
  replyEdit,
} from '../../src/community/schema.ts';
import { reportCreate } from '../../src/moderation/schema.ts';
import { notificationEdit, pushSettingsEdit } from '../../src/notifications/schema.ts';
import {
  followUpCreate,
  helpfulCreate,
  reviewCreate,
  reviewEdit,
  reviewPicturesEdit,
  reviewTombstone,
} from '../../src/reviews/schema.ts';
import { type Mutation, mutationsOf } from '../support/mutations.ts';
import { isGranted, openWorld, type World } from '../support/rulesWorld.ts';
import * as sample from '../support/samples.ts';
import { me, roomId, toFirestore, toZod } from '../support/samples.ts';

interface Operation {
  readonly name: string;
  readonly schema: z.ZodType;
  readonly sample: Record<string, unknown>;
  readonly path: string;
  readonly verb: 'create' | 'edit';
  /** Fields that the rules tie to something zod cannot know (the path, the profile, another document). */
  readonly tied?: readonly string[];
  /** Written in the same moment. */
  readonly beside?: readonly [path: string, document: Record<string, unknown>];
}

const inboxPath = `users/${me}/private/inbox`;
const speaking = {
  schema: messageCreate,
  path: `Chatting/${roomId()}/messages/new`,
  verb: 'create',
  tied: ['senderUid', 'senderName', 'senderRole', 'senderTitle', 'nth', 'uploadPath'],
  beside: [inboxPath, sample.firstStamp(roomId(), 'new')],
} as const;

const operations: readonly Operation[] = [
  { name: 'profile edit', schema: userEdit, sample: sample.profileEdit(), path: `users/${me}`, verb: 'edit' },
  {
    name: 'review creation',
    schema: reviewCreate,
    sample: sample.review(),
    path: `reviews/${sample.reviewId()}`,
    verb: 'create',
    tied: [
      'authorUid',
      'authorNickname',
      'hospitalId',
      'hospitalName',
      'visitDate',
      'doctorId',
      'eventId',
      'advertisedPrice',
    ],
  },
  {
    name: 'review edit',
    schema: reviewEdit,
    sample: sample.reviewEdit(),
    path: 'reviews/mine',
    verb: 'edit',
    tied: ['doctorId'],
  },
  {
    name: 'showing before and after',
    schema: reviewPicturesEdit,
    sample: sample.reviewPicturesEdit(),
    path: 'reviews/old',
    verb: 'edit',
  },
  {
    name: 'taking a review back',
    schema: reviewTombstone,
    sample: sample.reviewTombstone(),
    path: 'reviews/old',
    verb: 'edit',
  },
  {
    name: 'follow-up',
    schema: followUpCreate,
    sample: sample.followUp(),
    path: 'reviews/mine/followUps/d7',
    verb: 'create',
    tied: ['authorUid'],
  },
  {
    name: 'vote',
    schema: helpfulCreate,
    sample: sample.helpful(),
    path: `reviews/r1/helpful/${me}`,
    verb: 'create',
    tied: ['uid'],
  },
  {
    name: 'post creation',
    schema: freeTalkCreate,
    sample: sample.talk(),
    path: 'FreeTalks/new',
    verb: 'create',
    tied: ['authorUid', 'authorNickname'],
  },
  {
    name: 'post edit',
    schema: freeTalkEdit,
    sample: sample.talkEdit(),
    path: 'FreeTalks/mine',
    verb: 'edit',
    tied: ['acceptedReplyId'],
  },
  {
    name: 'like of a post',
    schema: likeCreate,
    sample: sample.like(),
    path: `FreeTalks/t2/likes/${me}`,
    verb: 'create',
    tied: ['uid'],
  },
  {
    name: 'like of a reply',
    schema: likeCreate,
    sample: sample.like(),
    path: `TempReplies/nested/likes/${me}`,
    verb: 'create',
    tied: ['uid'],
  },
  {
    name: 'flags of likes',
    schema: likeFlagsSchema,
    sample: sample.likeFlags(),
    path: `users/${me}/private/likes`,
    verb: 'create',
  },
  {
    name: 'reply creation',
    schema: replyCreate,
    sample: sample.reply(),
    path: 'TempReplies/new',
    verb: 'create',
    tied: [
      ...['authorUid', 'authorNickname', 'parentType', 'parentId', 'replyTo'],
      ...['parentAuthorUid', 'answeredUid'],
    ],
  },
  {
    name: 'reply edit',
    schema: replyEdit,
    sample: sample.replyEdit(),
    path: 'TempReplies/mine',
    verb: 'edit',
  },
  {
    name: 'report creation',
    schema: reportCreate,
    sample: sample.report(),
    path: `reports/${sample.reportId()}`,
    verb: 'create',
    tied: ['targetType', 'targetId', 'reporterUid'],
  },
  {
    name: 'room creation',
    schema: roomCreate,
    sample: { ...sample.room(), hospitalId: 'h2', hospitalName: '다른의원' },
    path: `Chatting/${me}_h2`,
    verb: 'create',
    tied: ['hospitalId', 'hospitalName', 'memberUids', 'names', 'peopleUids', 'createdBy'],
  },
  { ...speaking, name: 'text message', sample: sample.message() },
  { ...speaking, name: 'picture message', sample: sample.imageMessage() },
  { ...speaking, name: 'file message', sample: sample.fileMessage() },
  { ...speaking, name: 'place message', sample: sample.placeMessage() },
  {
    name: 'message edit',
    schema: messageEdit,
    sample: sample.messageEdit(),
    path: `Chatting/${roomId()}/messages/fresh`,
    verb: 'edit',
  },
  {
    name: 'taking a message back',
    schema: messageTombstone,
    sample: sample.messageTombstone(),
    path: `Chatting/${roomId()}/messages/m1`,
    verb: 'edit',
  },
  {
    name: 'first read mark',
    schema: inboxMark,
    sample: sample.firstMark(),
    path: inboxPath,
    verb: 'create',
    tied: ['rooms', 'roomId', 'messageId', 'inWindow'],
  },
  {
    name: 'notification read',
    schema: notificationEdit,
    sample: { readAt: sample.now },
    path: `users/${me}/notifications/reply-top`,
    verb: 'edit',
  },
  {
    name: 'switches of pushes',
    schema: pushSettingsEdit,
    sample: sample.pushSettings(),
    path: `users/${me}/private/push`,
    verb: 'edit',
  },
];

const phones = 6;

function write(db: Firestore, operation: Operation, document: Record<string, unknown>): Promise<void> {
  const target = doc(db, operation.path);
  const data = toFirestore(document);
  if (operation.beside) {
    const [path, beside] = operation.beside;
    return writeBatch(db).set(target, data).set(doc(db, path), toFirestore(beside)).commit();
  }
  return operation.verb === 'create' ? setDoc(target, data) : updateDoc(target, data);
}

/** Tries mutations one after another on one phone; what was granted is undone before the next. */
async function verdicts(
  world: World,
  db: Firestore,
  operation: Operation,
  mutations: readonly Mutation[],
): Promise<[Mutation, boolean][]> {
  const found: [Mutation, boolean][] = [];
  for (const mutation of mutations) {
    const accepted = await isGranted(world.granted(write(db, operation, mutation.document)));
    if (accepted) await world.reset();
    found.push([mutation, accepted]);
  }
  return found;
}

/** Where zod and the rules differ. A tied field may be refused by the rules alone, never accepted by them alone. */
async function disagreements(
  world: World,
  clients: readonly Firestore[],
  operation: Operation,
): Promise<string[]> {
  const accepts = (document: Record<string, unknown>) => operation.schema.safeParse(toZod(document)).success;
  const all = mutationsOf(operation.schema, operation.sample, operation.verb === 'edit');
  const good = all.filter(({ document }) => accepts(document));
  const bad = all.filter(({ document }) => !accepts(document));
  const shares = clients.map((client, share) =>
    verdicts(
      world,
      client,
      operation,
      bad.filter((_, i) => i % clients.length === share),
    ),
  );
  const refused = (await Promise.all(shares)).flat();
  const granted = await verdicts(world, world.as('member'), operation, good);
  const tied = (name: string) => operation.tied?.some((field) => name.startsWith(`${field}:`)) === true;
  return [
    ...refused.filter(([, accepted]) => accepted).map(([{ name }]) => `${name}: only the rules accept it`),
    ...granted
      .filter(([{ name }, accepted]) => !accepted && !tied(name))
      .map(([{ name }]) => `${name}: only zod accepts it`),
  ];
}

describe('zod and firestore.rules agree', () => {
  let world: World;
  let clients: Firestore[];
  beforeAll(async () => {
    world = await openWorld('demo-parity');
    clients = Array.from({ length: phones }, () => world.another('member'));
  });
  afterAll(() => world.env.cleanup());
  beforeEach(() => world.reset());

  it.each(operations)('$name: the sample is good for both', async (operation) => {
    expect(operation.schema.safeParse(toZod(operation.sample)).error).toBeUndefined();
    expect(await isGranted(world.granted(write(world.as('member'), operation, operation.sample)))).toBe(true);
  });
  it.each(operations)(
    '$name: and every mutation gets one verdict',
    async (operation) => {
      expect(await disagreements(world, clients, operation)).toEqual([]);
    },
    120_000,
  );
});
