/** Typed Firestore: every reference carries a converter that parses what it reads with the collection's schema. */
import type { CollectionReference, FirestoreDataConverter } from 'firebase-admin/firestore';
import type { z } from 'zod';
import { db } from './firebase.ts';

/** A stored document that does not have the shape its schema promises. Names path and fields, never values. */
export class StoredShapeError extends Error {
  constructor(path: string, issues: readonly z.core.$ZodIssue[]) {
    super(`${path}: ${issues.map((issue) => `${issue.path.join('.')} ${issue.code}`).join('; ')}`);
    this.name = 'StoredShapeError';
  }
}

function converter<T extends z.ZodObject>(schema: T): FirestoreDataConverter<z.infer<T>> {
  return {
    toFirestore: (value) => value as FirebaseFirestore.DocumentData,
    fromFirestore: (snapshot) => {
      const parsed = schema.safeParse(snapshot.data());
      if (!parsed.success) throw new StoredShapeError(snapshot.ref.path, parsed.error.issues);
      return parsed.data;
    },
  };
}

/** A typed collection reference. */
export function collection<T extends z.ZodObject>(path: string, schema: T): CollectionReference<z.infer<T>> {
  return db().collection(path).withConverter(converter(schema));
}
