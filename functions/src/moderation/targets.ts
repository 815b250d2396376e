/**
 * What members write, seen alike: reviews, posts and replies differ in where their text stands and in how they are hidden.
 * Pure: knows no Firebase.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Instant, isInstant } from '../kernel/fields.ts';
import { type ModerationState, moderationField, type TargetType, targetTypes } from './schema.ts';

export interface Target {
  readonly type: TargetType;
  readonly id: string;
  readonly path: string;
  /** Null where it does not say who wrote it. */
  readonly authorUid: string | null;
  /** Its byline tells. */
  readonly isAnonymous: boolean;
  readonly hospitalId: string | null;
  readonly text: string;
  readonly images: number;
  /** Of text and pictures: two states with the same digest are one and the same thing to judge. */
  readonly digest: string;
  /** `hidden`: by hand, or before anything was noted. `gone`: taken back by its author. */
  readonly state: 'shown' | ModerationState | 'hidden' | 'gone';
  readonly appealed: boolean;
  readonly createdAt: number;
  /** Of a review. */
  readonly fiveStars: boolean;
  readonly evidenced: boolean;
}

const words = z.string().catch('');
const list = z.array(z.string()).catch([]);
const writtenSchema = z.object({
  authorUid: z.string().min(1).nullable().catch(null),
  senderUid: z.string().min(1).nullable().catch(null),
  hospitalId: z.string().min(1).nullable().catch(null),
  status: z.string().catch(''),
  anonymous: z.boolean().catch(false),
  hidden: z.boolean().catch(false),
  deleted: z.boolean().catch(false),
  moderation: moderationField.nullable().catch(null),
  title: words,
  body: words,
  text: words,
  sideEffects: words,
  photoPaths: list,
  imagePaths: list,
  rating: z.number().catch(0),
  evidence: z.string().catch('none'),
  createdAt: z
    .custom<Instant>(isInstant)
    .transform((at) => at.toMillis())
    .catch(0),
});
type Written = z.infer<typeof writtenSchema>;

/** Others say it in their `status`. */
const isHiddenByFlag = (type: TargetType) => type === 'TempReplies' || type === 'messages';

function stateOf(type: TargetType, { status, hidden, deleted, moderation }: Written): Target['state'] {
  if (deleted || status === 'deleted') return 'gone';
  const isShown = isHiddenByFlag(type) ? !hidden : status === 'published';
  if (isShown) return 'shown';
  return moderation?.state ?? (status === 'held' ? 'held' : 'hidden');
}

/** Collection and id of a path that can be moderated; null for any other. */
export function placeOf(path: string): { type: TargetType; id: string } | null {
  const [collection, id, below, messageId, ...rest] = path.split('/');
  if (collection === 'Chatting' && id && below === 'messages' && messageId && rest.length === 0)
    return { type: 'messages', id: `${id}~${messageId}` };
  const type = targetTypes.find((name) => name === collection && name !== 'messages');
  return type && id && below === undefined ? { type, id } : null;
}

/** Where something stands. */
export function pathOf({ type, id }: Pick<Target, 'type' | 'id'>): string {
  if (type !== 'messages') return `${type}/${id}`;
  // No room has the sign in its id; what follows the first one is the message's, whatever it holds.
  const at = id.indexOf('~');
  return `Chatting/${id.slice(0, at)}/messages/${id.slice(at + 1)}`;
}

/** A document as something to judge. Whatever is not as it should be counts as empty. */
export function targetOf(type: TargetType, id: string, data: unknown): Target {
  const written = writtenSchema.parse(data ?? {});
  const text = [written.title, written.body, written.text, written.sideEffects]
    .filter((part) => part !== '')
    .join('\n');
  const images = [...written.photoPaths, ...written.imagePaths];
  const digest = createHash('sha256')
    .update(JSON.stringify([text, images]))
    .digest('hex')
    .slice(0, 16);
  return {
    ...{
      type,
      id,
      path: pathOf({ type, id }),
      authorUid: written.authorUid ?? written.senderUid,
      isAnonymous: written.anonymous,
      hospitalId: written.hospitalId,
    },
    ...{ text, images: images.length, digest, state: stateOf(type, written) },
    appealed: written.moderation?.appealed ?? false,
    createdAt: written.createdAt,
    ...{ fiveStars: written.rating === 5, evidenced: ['receipt', 'visit'].includes(written.evidence) },
  };
}

/** The fields that hide content, or show it. `updatedAt` is the author's and stays. */
export const hiding = (type: TargetType, state: ModerationState): Record<string, unknown> =>
  isHiddenByFlag(type) ? { hidden: true } : { status: state === 'held' ? 'held' : 'hidden' };
export const showing = (type: TargetType): Record<string, unknown> =>
  isHiddenByFlag(type) ? { hidden: false } : { status: 'published' };

export const queueIdOf = ({ type, id }: Pick<Target, 'type' | 'id'>): string => `${type}-${id}`;
