/** zod and the rules agree about every malformed shape of what clients write. Generated from the schemas. */
import { doc, type Firestore, setDoc, updateDoc } from 'firebase/firestore';
import type { z } from 'zod';
import { userEdit } from '../../src/accounts/schema.ts';
import { messageCreate, roomCreate, roomMemberCreate, roomMemberEdit } from '../../src/chat/schema.ts';
import { freeTalkCreate, freeTalkEdit, replyCreate, replyEdit } from '../../src/community/schema.ts';
import { reviewCreate, reviewEdit } from '../../src/reviews/schema.ts';
import { mutationsOf } from '../support/mutations.ts';
import type { World } from '../support/rulesWorld.ts';
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
}

const operations: readonly Operation[] = [
  { name: 'profile edit', schema: userEdit, sample: sample.profileEdit(), path: `users/${me}`, verb: 'edit' },
  {
    name: 'review creation',
    schema: reviewCreate,
    sample: sample.review(),
    path: `reviews/${sample.reviewId()}`,
    verb: 'create',
    tied: ['authorUid', 'authorNickname', 'hospitalId', 'hospitalName', 'visitDate', 'doctorId'],
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
  },
  {
    name: 'reply creation',
    schema: replyCreate,
    sample: sample.reply(),
    path: 'TempReplies/new',
    verb: 'create',
    tied: ['authorUid', 'authorNickname', 'parentType', 'parentId', 'replyTo'],
  },
  {
    name: 'reply edit',
    schema: replyEdit,
    sample: sample.replyEdit(),
    path: 'TempReplies/mine',
    verb: 'edit',
  },
  {
    name: 'room creation',
    schema: roomCreate,
    sample: { ...sample.room(), hospitalId: 'h2', hospitalName: '다른의원' },
    path: `Chatting/${me}_h2`,
    verb: 'create',
    tied: ['hospitalId', 'hospitalName', 'memberUids', 'createdBy'],
  },
  {
    name: 'text message',
    schema: messageCreate,
    sample: sample.message(),
    path: `Chatting/${roomId()}/messages/new`,
    verb: 'create',
    tied: ['senderUid', 'senderName'],
  },
  {
    name: 'picture message',
    schema: messageCreate,
    sample: sample.imageMessage(),
    path: `Chatting/${roomId()}/messages/new`,
    verb: 'create',
    tied: ['senderUid', 'senderName'],
  },
  {
    name: 'joining a room',
    schema: roomMemberCreate,
    sample: sample.roomMember(),
    path: `Chatting/group/members/${me}`,
    verb: 'create',
  },
  {
    name: 'read mark',
    schema: roomMemberEdit,
    sample: { lastReadAt: sample.now },
    path: `Chatting/${roomId()}/members/${me}`,
    verb: 'edit',
  },
];

async function rulesAccept(
  db: Firestore,
  operation: Operation,
  document: Record<string, unknown>,
): Promise<boolean> {
  const target = doc(db, operation.path);
  const data = toFirestore(document);
  try {
    await (operation.verb === 'create' ? setDoc(target, data) : updateDoc(target, data));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'permission-denied') return false;
    throw error;
  }
}

/** Where zod and the rules differ. A tied field may be refused by the rules alone, never accepted by them alone. */
async function disagreements(world: World, operation: Operation): Promise<string[]> {
  const found: string[] = [];
  for (const { name, document } of mutationsOf(
    operation.schema,
    operation.sample,
    operation.verb === 'edit',
  )) {
    const zod = operation.schema.safeParse(toZod(document)).success;
    const rules = await rulesAccept(world.as('member'), operation, document);
    if (rules) await world.reset();
    const tied = operation.tied?.some((field) => name.startsWith(`${field}:`)) === true;
    if (zod !== rules && !(tied && zod && !rules)) found.push(`${name}: zod ${zod}, rules ${rules}`);
  }
  return found;
}

export function describeParity(world: () => World): void {
  describe('zod and rules agree', () => {
    it.each(operations)('$name: the sample is good for both', async (operation) => {
      expect(operation.schema.safeParse(toZod(operation.sample)).error).toBeUndefined();
      expect(await rulesAccept(world().as('member'), operation, operation.sample)).toBe(true);
    });
    it.each(operations)(
      '$name: and every mutation gets one verdict',
      async (operation) => {
        expect(await disagreements(world(), operation)).toEqual([]);
      },
      120_000,
    );
  });
}
