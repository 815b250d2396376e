/** Vouchers of a member who leaves: records of payment, moved to the locked store for their term. */
import type { QueryDocumentSnapshot } from 'firebase-admin/firestore';
import { koreanDayOf } from '../kernel/korean.ts';
import type { Change, Eraser, Leaver } from '../platform/erasing.ts';
import { db, Timestamp } from '../platform/firebase.ts';
import { retain } from '../retention/retain.ts';

const perPage = 50;

/** The day of the last thing that happened to a voucher: from then on its record is kept. */
function dayOf(voucher: QueryDocumentSnapshot, leftAt: number): string {
  const changed: unknown = voucher.get('updatedAt');
  return koreanDayOf(changed instanceof Timestamp ? changed.toMillis() : leftAt);
}

function moved(voucher: QueryDocumentSnapshot, { leftAt }: Leaver): Change {
  const { path } = voucher.ref;
  return {
    action: 'moved',
    path,
    apply: (batch) => {
      retain(batch, { kind: 'payment', path, data: voucher.data(), day: dayOf(voucher, leftAt) });
      batch.delete(voucher.ref, { lastUpdateTime: voucher.updateTime });
    },
  };
}

async function nextPage(leaver: Leaver): Promise<Change[]> {
  const own = await db().collection('prepays').where('ownerUid', '==', leaver.uid).limit(perPage).get();
  return own.docs.map((voucher) => moved(voucher, leaver));
}

export const prepayErasers: readonly Eraser[] = [{ kind: 'documents', name: 'prepays', nextPage }];
