/**
 * What a collection is, said once: its documents, who may do what, what clients may write, and the queries
 * the app makes. docs/data-model.md, firestore.indexes.json and the rule tests are checked against it.
 */
import type { z } from 'zod';

export interface QueryModel {
  /** What the screen shows with it. */
  readonly screen: string;
  /** Equality and array-contains filters, in order. */
  readonly where: readonly {
    readonly field: string;
    readonly op: '==' | 'array-contains' | 'array-contains-any';
  }[];
  readonly orderBy?: readonly { readonly field: string; readonly direction: 'asc' | 'desc' }[];
  readonly limit: number;
  /** True when it looks below every parent: a collection group query. */
  readonly group?: boolean;
  /** True when it is an aggregation run by the server. */
  readonly aggregates?: readonly string[];
}

interface Access {
  readonly get: string;
  readonly list: string;
  readonly write: string;
}

/** Who may do what with what only the server uses. */
export const serverOnly: Access = { get: 'nobody', list: 'nobody', write: 'server only' };
/** …and with what operators work on. */
export const operatorsOnly: Access = {
  get: 'operators',
  list: 'operators',
  write: 'server only (operators in the console)',
};

export interface CollectionModel {
  /** Path template, e.g. `Chatting/{roomId}/messages/{messageId}`. */
  readonly path: string;
  readonly purpose: string;
  readonly stored: z.ZodObject;
  /** What becomes of a person’s data in it when the person leaves. */
  readonly withdrawal: string;
  /** Who may do what, in words; the rules say the same in their own language. */
  readonly access: Access;
  /** Shapes of what clients write directly. `edit` lists the changeable fields of an existing document. */
  readonly client?: { readonly create?: z.ZodType; readonly edit?: z.ZodObject };
  readonly queries: readonly QueryModel[];
}

/** The last named collection of a path template: `Chatting/{roomId}/messages/{messageId}` → `messages`. */
export function collectionName(path: string): string {
  return path.split('/').at(-2) ?? path;
}
