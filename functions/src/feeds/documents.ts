/** Where feeds are stored. */
import type { DocumentReference, DocumentSnapshot } from 'firebase-admin/firestore';
import { db } from '../platform/firebase.ts';
import { emptyHome, type Home, homeSchema } from './schema.ts';

export const feedDocument = (id: string): DocumentReference => db().doc(`feeds/${id}`);
export const homeRef = (): DocumentReference => feedDocument('home');

/** Home as it is; an empty one, of no moment, where there is none yet. */
export const homeIn = (home: DocumentSnapshot): Home => homeSchema.safeParse(home.data()).data ?? emptyHome;
