/**
 * What Firestore bills for one call, told from its messages (pricing page, "Understand Cloud Firestore billing").
 *
 *   get, getAll           1 read per document, also for a missing one
 *   query                 1 read per document returned or skipped by an offset, at least 1
 *   aggregation           1 read per 1,000 index entries, at least 1. How many entries were looked at is not in the
 *                         traffic: the largest `count` returned stands for it, and 1 where only sums or averages
 *                         are asked. Exact up to 1,000 documents.
 *   listener              1 read per document added, changed or fallen out of a result, at least 1 per target;
 *                         a deleted document costs nothing
 *   commit, batch, write  1 write or delete per document when it succeeds; a transform belongs to its write
 *   collection ids        1 read
 *
 * Partitions and pipelines are passed on and only counted as calls: nothing here uses them.
 */
import { integers, mapEntries, parts, texts } from './protos.ts';

export interface Bill {
  readonly reads: number;
  readonly writes: number;
  readonly deletes: number;
}

export const nothing: Bill = { reads: 0, writes: 0, deletes: 0 };
const readsOf = (reads: number): Bill => ({ ...nothing, reads });

export function added(one: Bill, other: Bill): Bill {
  return {
    reads: one.reads + other.reads,
    writes: one.writes + other.writes,
    deletes: one.deletes + other.deletes,
  };
}

/** Follows one call. Each step says what is billed on top. */
export interface CallBill {
  /** A message of the client passed. */
  asked(message: Uint8Array): Bill;
  /** A message of the server passed. */
  answered(message: Uint8Array): Bill;
  /** The call ended with a gRPC status. */
  ended(status: number): Bill;
}

const OK = 0;
const NOT_FOUND = 5;
const CURRENT = 3;
const entriesPerRead = 1_000;

const free: CallBill = { asked: () => nothing, answered: () => nothing, ended: () => nothing };

const whenDone = (bill: Bill, statuses: readonly number[] = [OK]): CallBill => ({
  ...free,
  ended: (status) => (statuses.includes(status) ? bill : nothing),
});

const perDocument = (documentsIn: (message: Uint8Array) => number, least: number): CallBill => {
  let reads = 0;
  return {
    ...free,
    answered: (message) => {
      const more = documentsIn(message);
      reads += more;
      return readsOf(more);
    },
    ended: (status) => (status === OK && reads < least ? readsOf(least - reads) : nothing),
  };
};

const foundOrMissing = (message: Uint8Array): number =>
  parts(message, 'BatchGetDocumentsResponse', 'found').length +
  parts(message, 'BatchGetDocumentsResponse', 'missing').length;

const listed = (message: Uint8Array): number => parts(message, 'ListDocumentsResponse', 'documents').length;

const returned = (message: Uint8Array): number => parts(message, 'RunQueryResponse', 'document').length;

/** Emulators need not say how many documents they skipped. When any came after them, it was the whole offset. */
function queryBill(): CallBill {
  const documents = perDocument(returned, 1);
  let offset = 0;
  return {
    ...documents,
    asked: (message) => {
      const queries = parts(message, 'RunQueryRequest', 'structuredQuery');
      offset = queries.flatMap((query) => integers(query, 'StructuredQuery', 'offset'))[0] ?? 0;
      return nothing;
    },
    answered: (message) => {
      const bill = documents.answered(message);
      if (bill.reads === 0) return nothing;
      const skipped = readsOf(offset);
      offset = 0;
      return added(bill, skipped);
    },
  };
}

/** Names under which a request wants its counts back. */
function countAliases(request: Uint8Array): string[] {
  const aggregation = 'StructuredAggregationQuery.Aggregation';
  return parts(request, 'RunAggregationQueryRequest', 'structuredAggregationQuery')
    .flatMap((query) => parts(query, 'StructuredAggregationQuery', 'aggregations'))
    .filter((each) => parts(each, aggregation, 'count').length > 0)
    .flatMap((each) => texts(each, aggregation, 'alias'));
}

function aggregationBill(): CallBill {
  let aliases: string[] = [];
  let counted = 0;
  return {
    asked: (message) => {
      aliases = countAliases(message);
      return nothing;
    },
    answered: (message) => {
      const results = parts(message, 'RunAggregationQueryResponse', 'result')
        .flatMap((result) => mapEntries(result, 'AggregationResult', 'aggregateFields'))
        .filter(([alias]) => aliases.includes(alias))
        .flatMap(([, value]) => integers(value, 'Value', 'integerValue'));
      counted = Math.max(counted, ...results);
      return nothing;
    },
    ended: (status) => (status === OK ? readsOf(Math.max(1, Math.ceil(counted / entriesPerRead))) : nothing),
  };
}

/** The documents that writes change by more than a transform. */
function updatedIn(writes: readonly Uint8Array[]): Set<string> {
  return new Set(
    writes
      .flatMap((write) => parts(write, 'Write', 'update'))
      .flatMap((doc) => texts(doc, 'Document', 'name')),
  );
}

function billOfWrite(write: Uint8Array, updated: ReadonlySet<string>): Bill {
  if (parts(write, 'Write', 'delete').length > 0) return { ...nothing, deletes: 1 };
  const transformed = parts(write, 'Write', 'transform').flatMap((transform) =>
    texts(transform, 'DocumentTransform', 'document'),
  );
  return transformed.some((name) => updated.has(name)) ? nothing : { ...nothing, writes: 1 };
}

function billsOfWrites(writes: readonly Uint8Array[]): Bill[] {
  const updated = updatedIn(writes);
  return writes.map((write) => billOfWrite(write, updated));
}

const total = (bills: readonly Bill[]): Bill => bills.reduce(added, nothing);

function commitBill(): CallBill {
  let bill = nothing;
  return {
    ...free,
    asked: (message) => {
      bill = total(billsOfWrites(parts(message, 'CommitRequest', 'writes')));
      return nothing;
    },
    ended: (status) => (status === OK ? bill : nothing),
  };
}

/** Each write of a batch stands or falls alone. */
function batchBill(): CallBill {
  let bills: Bill[] = [];
  return {
    ...free,
    asked: (message) => {
      bills = billsOfWrites(parts(message, 'BatchWriteRequest', 'writes'));
      return nothing;
    },
    answered: (message) => {
      // A google.rpc.Status that is OK has no code, and is empty.
      const statuses = parts(message, 'BatchWriteResponse', 'status');
      return total(bills.filter((_, index) => statuses[index]?.length === 0));
    },
  };
}

/** A stream of commits, answered in order. The handshake has no writes and its answer no results. */
function writeStreamBill(): CallBill {
  const unanswered: Bill[] = [];
  return {
    ...free,
    asked: (message) => {
      const writes = parts(message, 'WriteRequest', 'writes');
      if (writes.length > 0) unanswered.push(total(billsOfWrites(writes)));
      return nothing;
    },
    answered: (message) =>
      (parts(message, 'WriteResponse', 'writeResults').length > 0 ? unanswered.shift() : undefined) ??
      nothing,
  };
}

/** What a listener's client has of one target. */
interface Watched {
  /** Update times by document name. */
  readonly seen: Map<string, string>;
  /** Whether at least one read has been billed. */
  billed: boolean;
}

/**
 * Google's emulator answers every change by resetting the target and sending its whole result again; production sends
 * the change. So a document is billed when it comes in a version not yet seen. What is missing after a reset may have
 * been deleted, which is free, or may no longer match, which is not: it is taken for deleted.
 */
function listenBill(): CallBill {
  const targets = new Map<number, Watched>();
  const billed = (ids: readonly number[], counts: (watched: Watched) => boolean): Bill => {
    const named = ids.map((id) => targets.get(id)).filter((watched) => watched !== undefined);
    const paying = named.filter(counts);
    for (const watched of paying) watched.billed = true;
    return readsOf(paying.length);
  };
  const changed = (change: Uint8Array): Bill => {
    const documents = parts(change, 'DocumentChange', 'document');
    const [name = ''] = documents.flatMap((document) => texts(document, 'Document', 'name'));
    const [time] = documents.flatMap((document) => parts(document, 'Document', 'updateTime'));
    const version = Buffer.from(time ?? []).toString('hex');
    const arrived = billed(integers(change, 'DocumentChange', 'targetIds'), ({ seen }) => {
      const isNews = seen.get(name) !== version;
      seen.set(name, version);
      return isNews;
    });
    const left = integers(change, 'DocumentChange', 'removedTargetIds');
    return added(
      arrived,
      billed(left, ({ seen }) => seen.delete(name)),
    );
  };
  const removed = (removal: Uint8Array): Bill => {
    const [name = ''] = texts(removal, 'DocumentRemove', 'document');
    return billed(integers(removal, 'DocumentRemove', 'removedTargetIds'), ({ seen }) => seen.delete(name));
  };
  const current = (change: Uint8Array): Bill => {
    if (!integers(change, 'TargetChange', 'targetChangeType').includes(CURRENT)) return nothing;
    const ids = integers(change, 'TargetChange', 'targetIds');
    return billed(ids.length > 0 ? ids : [...targets.keys()], (watched) => !watched.billed);
  };
  return {
    ...free,
    asked: (message) => {
      for (const target of parts(message, 'ListenRequest', 'addTarget')) {
        const [id = 0] = integers(target, 'Target', 'targetId');
        targets.set(id, { seen: new Map(), billed: false });
      }
      for (const id of integers(message, 'ListenRequest', 'removeTarget')) targets.delete(id);
      return nothing;
    },
    answered: (message) =>
      total([
        ...parts(message, 'ListenResponse', 'documentChange').map(changed),
        ...parts(message, 'ListenResponse', 'documentRemove').map(removed),
        ...parts(message, 'ListenResponse', 'targetChange').map(current),
      ]),
  };
}

const bills: Readonly<Record<string, () => CallBill>> = {
  GetDocument: () => whenDone(readsOf(1), [OK, NOT_FOUND]),
  BatchGetDocuments: () => perDocument(foundOrMissing, 0),
  ListDocuments: () => perDocument(listed, 1),
  RunQuery: queryBill,
  RunAggregationQuery: aggregationBill,
  Listen: listenBill,
  Commit: commitBill,
  BatchWrite: batchBill,
  Write: writeStreamBill,
  CreateDocument: () => whenDone({ ...nothing, writes: 1 }),
  UpdateDocument: () => whenDone({ ...nothing, writes: 1 }),
  DeleteDocument: () => whenDone({ ...nothing, deletes: 1 }),
  ListCollectionIds: () => whenDone(readsOf(1)),
};

/** The bill of a new call of a method, such as `Commit`. */
export const openBill = (method: string): CallBill => bills[method]?.() ?? free;
