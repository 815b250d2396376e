/** What requests to Firestore are about, told from their messages: the documents written, the queries without an end. */
import { parts, texts } from './protos.ts';

const writers: Readonly<Record<string, string>> = {
  Commit: 'CommitRequest',
  BatchWrite: 'BatchWriteRequest',
  Write: 'WriteRequest',
};

/** `projects/p/databases/d/documents/users/u1` is `users/u1`. */
const pathOf = (name: string): string => name.split('/').slice(5).join('/');

function documentsOf(write: Uint8Array): string[] {
  return [
    ...parts(write, 'Write', 'update').flatMap((document) => texts(document, 'Document', 'name')),
    ...texts(write, 'Write', 'delete'),
    ...parts(write, 'Write', 'transform').flatMap((each) => texts(each, 'DocumentTransform', 'document')),
  ];
}

/** The paths a request writes, each once; none for any other request. */
export function documentsIn(method: string, request: Uint8Array): string[] {
  const type = writers[method];
  if (type === undefined) return [];
  return [...new Set(parts(request, type, 'writes').flatMap(documentsOf).map(pathOf))];
}

const hasNoLimit = (query: Uint8Array): boolean => parts(query, 'StructuredQuery', 'limit').length === 0;

function queriesIn(method: string, request: Uint8Array): Uint8Array[] {
  if (method === 'RunQuery') return parts(request, 'RunQueryRequest', 'structuredQuery');
  if (method !== 'Listen') return [];
  return parts(request, 'ListenRequest', 'addTarget')
    .flatMap((target) => parts(target, 'Target', 'query'))
    .flatMap((query) => parts(query, 'Target.QueryTarget', 'structuredQuery'));
}

/** How many queries of a request ask for as much as there is. */
export const unlimitedQueries = (method: string, request: Uint8Array): number =>
  queriesIn(method, request).filter(hasNoLimit).length;
