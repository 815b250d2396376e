/** Notices on top of the board. */
import { audit } from '../audit/audit.ts';
import { AppError } from '../platform/errors.ts';
import { db } from '../platform/firebase.ts';
import { writingOf } from './bylines.ts';

/** Doing it again changes nothing and is not told to the audit log twice. Errors: WRITING_NOT_FOUND. */
export async function pin(
  talkId: string,
  pinned: boolean,
  { by, note }: { readonly by: string; readonly note: string },
): Promise<void> {
  await db().runTransaction(async (tx) => {
    const talk = await tx.get(writingOf('FreeTalks', talkId));
    if (!talk.exists) throw new AppError('WRITING_NOT_FOUND');
    if (talk.get('pinned') === pinned) return;
    tx.update(talk.ref, { pinned });
    audit(tx, {
      ...{ action: pinned ? 'talk.pin' : 'talk.unpin', target: talk.ref.path, by, note },
      ...{ before: { pinned: String(!pinned) }, after: { pinned: String(pinned) } },
    });
  });
}
