/** What the phone does by itself where payments are made as samples show them (naivePayments.ts). */
import {
  addDoc,
  collection,
  doc,
  getDocFromServer,
  getDocsFromServer,
  increment,
  query,
  runTransaction,
  setDoc,
  updateDoc,
  where,
} from 'firebase/firestore';
import type { Phone } from './phones.ts';

export async function order({ firestore, uid }: Phone, orderId: string, isLimited: boolean): Promise<void> {
  const event = doc(firestore, 'naiveEvents/e1');
  const ordered = { uid, eventId: 'e1', amount: 990_000, status: 'pending' };
  if (!isLimited) {
    await getDocFromServer(event);
    await setDoc(doc(firestore, `naiveOrders/${orderId}`), ordered);
    return;
  }
  await runTransaction(firestore, async (tx) => {
    await tx.get(event);
    tx.update(event, { stock: increment(-1) });
    tx.set(doc(firestore, `naiveOrders/${orderId}`), ordered);
  });
}

export const showCode = ({ firestore }: Phone, voucherId: string) =>
  getDocFromServer(doc(firestore, `naiveVouchers/${voucherId}`));

export async function use({ firestore }: Phone, voucherId: string): Promise<void> {
  const voucher = doc(firestore, `naiveVouchers/${voucherId}`);
  await getDocFromServer(voucher);
  await updateDoc(voucher, { left: increment(-1) });
  await addDoc(collection(firestore, 'naiveUses'), { voucherId });
}

export async function give({ firestore }: Phone, voucherId: string): Promise<void> {
  await getDocsFromServer(query(collection(firestore, 'naiveUsers'), where('phone', '==', '+821000000000')));
  await updateDoc(doc(firestore, `naiveVouchers/${voucherId}`), { uid: 'another' });
}
