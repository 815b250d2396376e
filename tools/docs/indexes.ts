/**
 * The indexes the app's queries need, from the models. Pure.
 *
 * Firestore indexes every single field by itself and merges those for equality (and one array-contains) filters.
 * A composite index is needed when filters meet an order on another field, when there are several orders, or when
 * sums are taken over filtered documents: then one index holds the filters and every summed field.
 */
import { type CollectionModel, collectionName, type QueryModel } from '../../functions/src/kernel/model.ts';
import { fieldsOf } from './fields.ts';

type IndexField =
  | { readonly fieldPath: string; readonly order: 'ASCENDING' | 'DESCENDING' }
  | { readonly fieldPath: string; readonly arrayConfig: 'CONTAINS' };

export interface CompositeIndex {
  readonly collectionGroup: string;
  readonly queryScope: 'COLLECTION';
  readonly fields: readonly IndexField[];
}

interface SingleFieldIndex {
  readonly order: 'ASCENDING' | 'DESCENDING';
  readonly queryScope: 'COLLECTION' | 'COLLECTION_GROUP';
}

export interface FieldOverride {
  readonly collectionGroup: string;
  readonly fieldPath: string;
  /** Firestore deletes a document some time after this field's moment. */
  readonly ttl?: true;
  readonly indexes: readonly SingleFieldIndex[];
}

export interface IndexFile {
  readonly indexes: readonly CompositeIndex[];
  readonly fieldOverrides: readonly FieldOverride[];
}

const longText = 500;
const ascending = (fieldPath: string): IndexField => ({ fieldPath, order: 'ASCENDING' });

/** The fields of the composite index a query needs; null when single-field indexes serve it. */
export function compositeFields(query: QueryModel): readonly IndexField[] | null {
  const equal = query.where.filter(({ op }) => op === '==').map(({ field }) => ascending(field));
  const contains = query.where
    .filter(({ op }) => op !== '==')
    .map(({ field }): IndexField => ({ fieldPath: field, arrayConfig: 'CONTAINS' }));
  const ordered = (query.orderBy ?? []).map(
    ({ field, direction }): IndexField => ({
      fieldPath: field,
      order: direction === 'asc' ? 'ASCENDING' : 'DESCENDING',
    }),
  );
  const summed = (query.aggregates ?? []).map(ascending);
  const sorted = [...ordered, ...summed];
  const fields = [...equal, ...contains, ...sorted];
  return sorted.length === 0 || fields.length < 2 ? null : fields;
}

/** `status ↑, createdAt ↓`, for people. */
export function describeIndex(query: QueryModel): string {
  const sign = (field: IndexField) =>
    'arrayConfig' in field ? 'contains' : field.order === 'ASCENDING' ? '↑' : '↓';
  return (
    compositeFields(query)
      ?.map((field) => `\`${field.fieldPath}\` ${sign(field)}`)
      .join(', ') ?? 'automatic'
  );
}

function sortedUnique<T>(items: readonly T[]): T[] {
  const byText = new Map(items.map((item) => [JSON.stringify(item), item]));
  return [...byText.keys()].sort().flatMap((key) => byText.get(key) ?? []);
}

/** Every composite index the models' queries need, sorted, each once. */
export function neededIndexes(models: readonly CollectionModel[]): CompositeIndex[] {
  return sortedUnique(
    models.flatMap(({ path, queries }) =>
      queries.flatMap((query): CompositeIndex[] => {
        const fields = compositeFields(query);
        return fields
          ? [{ collectionGroup: collectionName(path), queryScope: 'COLLECTION', fields: [...fields] }]
          : [];
      }),
    ),
  );
}

function queriedFields(models: readonly CollectionModel[]): Set<string> {
  const named = (query: QueryModel) => [
    ...query.where.map(({ field }) => field),
    ...(query.orderBy ?? []).map(({ field }) => field),
    ...(query.aggregates ?? []),
  ];
  return new Set(
    models.flatMap(({ path, queries }) =>
      queries.flatMap((query) => named(query).map((field) => `${collectionName(path)} ${field}`)),
    ),
  );
}

/** Long texts, lists of cards and maps by uid or id that no query names: indexing them would cost storage and write time for nothing. */
export function neverQueried(models: readonly CollectionModel[]): FieldOverride[] {
  const queried = queriedFields(models);
  return sortedUnique(
    models.flatMap(({ path, stored }) =>
      fieldsOf(stored)
        .filter(({ name, type, maxLength }, _index, all) => {
          const isLong = maxLength !== undefined && maxLength >= longText;
          const isListOfCards = all.some((field) => field.name === `${name}[].id`);
          return type === 'map, any keys' || ((isLong || isListOfCards) && !name.includes('[]'));
        })
        .filter(
          ({ name }) =>
            ![...queried].some((field) => `${field}.`.startsWith(`${collectionName(path)} ${name}.`)),
        )
        .map(
          ({ name }): FieldOverride => ({
            collectionGroup: collectionName(path),
            fieldPath: name,
            indexes: [],
          }),
        ),
    ),
  );
}

const automatic = (order: SingleFieldIndex['order']): SingleFieldIndex => ({
  order,
  queryScope: 'COLLECTION',
});

/** Fields looked for below every parent: beside the automatic indexes they need one over the collection group. */
export function groupQueried(models: readonly CollectionModel[]): FieldOverride[] {
  return models.flatMap(({ path, queries }) =>
    queries
      .filter(({ group }) => group === true)
      .flatMap(({ where, orderBy = [] }) => [...where, ...orderBy])
      .map(
        ({ field }): FieldOverride => ({
          collectionGroup: collectionName(path),
          fieldPath: field,
          indexes: [
            automatic('ASCENDING'),
            automatic('DESCENDING'),
            { order: 'ASCENDING', queryScope: 'COLLECTION_GROUP' },
          ],
        }),
      ),
  );
}

/** Firestore's own deletion, by the field `purgeAt` of what is kept for a time only. It needs no index. */
export function expiring(models: readonly CollectionModel[]): FieldOverride[] {
  return models
    .filter(({ stored }) => 'purgeAt' in stored.shape)
    .map(({ path }) => ({
      collectionGroup: collectionName(path),
      fieldPath: 'purgeAt',
      ttl: true,
      indexes: [],
    }));
}

/** The text of firestore.indexes.json. */
export function renderIndexes(models: readonly CollectionModel[]): string {
  const fieldOverrides = [...neverQueried(models), ...groupQueried(models), ...expiring(models)];
  const file: IndexFile = { indexes: neededIndexes(models), fieldOverrides };
  return `${JSON.stringify(file, null, 2)}\n`;
}
