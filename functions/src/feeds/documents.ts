/** Where feeds are stored. */
import type { DocumentReference, DocumentSnapshot } from 'firebase-admin/firestore';
import { db } from '../platform/firebase.ts';
import { type Home, homeSchema } from './schema.ts';

export const feedDocument = (id: string): DocumentReference => db().doc(`feeds/${id}`);
export const homeRef = (): DocumentReference => feedDocument('home');

const { events, hospitals, talks, notices, numbersAsOf } = homeSchema.shape;
const partwise = homeSchema.extend({
  events: events.catch([]),
  hospitals: hospitals.catch([]),
  talks: talks.catch([]),
  notices: notices.catch([]),
  numbersAsOf: numbersAsOf.catch(null),
});

/** Home as it is, part by part: what is not there, or not as it should be, is empty, and takes nothing with it. */
export const homeIn = (home: DocumentSnapshot): Home => partwise.parse(home.data() ?? {});

/** Whether a part of home is there, and as it should be. */
export const isWhole = (home: DocumentSnapshot, part: keyof Home): boolean =>
  homeSchema.shape[part].safeParse(home.get(part)).success;
