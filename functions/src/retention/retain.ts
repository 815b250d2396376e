/** Moving what must be kept into the locked store. */
import type { DocumentData, Transaction, WriteBatch } from 'firebase-admin/firestore';
import { Timestamp } from '../platform/firebase.ts';
import { collection } from '../platform/store.ts';
import { purgeOn } from './retention.ts';
import { type Retained, retainedSchema } from './schema.ts';

export interface RetainedRecord {
  readonly kind: Retained['kind'];
  readonly path: string;
  readonly data: DocumentData;
  /** The Korean day its term begins. */
  readonly day: string;
}

/** Adds a record to the store with the writes that take it away elsewhere. Its id says nothing. */
export function retain(writer: Transaction | WriteBatch, { kind, path, data, day }: RetainedRecord): void {
  const ref = collection('retained', retainedSchema).doc();
  const record = { kind, path, data, purgeOn: purgeOn(kind, day), retainedAt: Timestamp.now() };
  // The two kinds of writer share no type that `create` could be called on.
  if ('getAll' in writer) writer.create(ref, record);
  else writer.create(ref, record);
}
