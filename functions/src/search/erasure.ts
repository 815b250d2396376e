/** Entries of posts of a member who leaves. Posts that stay are anonymised before, and get entries of their own again. */
import { deletionsOf, type Eraser } from '../platform/erasing.ts';
import { db } from '../platform/firebase.ts';

export const searchErasers: readonly Eraser[] = [
  {
    kind: 'documents',
    name: 'search',
    after: ['community'],
    nextPage: ({ uid }) => deletionsOf(db().collection('search').where('authorUid', '==', uid)),
  },
];
