import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CollectionModel, collectionName, type QueryModel } from '../../functions/src/kernel/model.ts';
import { models } from '../../functions/src/model.ts';
import { measureCorpus } from '../../functions/test/mail/measure.ts';
import { renderDataModel } from './dataModel.ts';
import { renderExtractionPage } from './extraction.ts';
import { fieldsOf, keysOf } from './fields.ts';
import { compositeFields, neededIndexes, neverQueried, renderIndexes } from './indexes.ts';
import { readRules } from './rules.ts';
import { tombstones, writerOf } from './writers.ts';

const root = join(__dirname, '../..');
const read = (path: string) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '');
const document = renderDataModel(models);
const blocks = readRules(read('firestore.rules'));
const blockOf = (path: string) => blocks.find((block) => block.path === path);

function modelOf(path: string): CollectionModel {
  const model = models.find((candidate) => candidate.path === path);
  if (!model) throw new Error(`no model of ${path}`);
  return model;
}

describe('generated files', () => {
  test.each([
    ['docs/data-model.md', document],
    ['firestore.indexes.json', renderIndexes(models)],
  ])('%s is up to date', (path, expected) => {
    const state = read(path) === expected ? 'up to date' : 'stale: run `npm run docs`';
    expect(`${path} ${state}`).toBe(`${path} up to date`);
  });

  test('docs/extraction.md is up to date', async () => {
    expect(read('docs/extraction.md')).toBe(renderExtractionPage(await measureCorpus()));
  });

  test.each([
    'Chatting',
    'Doctors',
    'Events',
    'FreeTalks',
    'Hospitals',
    'prepays',
    'users',
    'reviews',
    'TempReplies',
  ])('%s is documented', (name) => {
    const path = models.map((model) => model.path).find((candidate) => candidate.startsWith(`${name}/`));
    expect(document).toContain(`\n## \`${path}\`\n`);
    expect(collectionName(path ?? '')).toBe(name);
  });

  test('every field has a description', () => {
    const rows = document.split('\n').filter((line) => /^\| `[A-Za-z]+` \|(.*\|){5}$/.test(line));
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.filter((line) => line.split(/(?<!\\)\|/)[5]?.trim() === '')).toEqual([]);
  });
});

describe('type of a field', () => {
  test.each([
    ['users/{uid}', 'nickname', 'string 2–20, not blank'],
    ['standings/{uid}', 'by', 'string 1–128, without `/`'],
    ['registrations/{registrationId}', 'decision', 'nullable string'],
    ['registrations/{registrationId}', 'papers[].size', 'int'],
    ['reviews/{reviewId}', 'replyCount', 'int 0–…'],
    ['reviews/{reviewId}', 'treatments', 'array 0–5'],
    ['reviews/{reviewId}', 'treatments[]', 'string 1–20'],
    ['reviews/{reviewId}', 'replyCountAsOf', 'nullable timestamp'],
    ['FreeTalks/{talkId}', 'status', 'one of `"published"`, `"deleted"`, `"held"`, `"hidden"`'],
    ['Chatting/{roomId}', 'lastMessage', 'nullable map'],
    ['Hospitals/{hospitalId}', 'location.lat', 'number 32–39.5'],
  ])('%s %s: %s', (path, field, type) => {
    expect(fieldsOf(modelOf(path).stored).find(({ name }) => name === field)?.type).toBe(type);
  });
});

describe('who writes a field', () => {
  test.each([
    ['reviews/{reviewId}', 'rating', 'client create, client edit'],
    ['reviews/{reviewId}', 'aspects.result', 'client create, client edit'],
    ['reviews/{reviewId}', 'status', 'server; client edit: to `"deleted"`, once; starts as `"published"`'],
    ['reviews/{reviewId}', 'hospitalId', 'client create'],
    ['reviews/{reviewId}', 'replyCount', 'server (starts as `0`)'],
    ['reviews/{reviewId}', 'createdAt', 'client create (`serverTimestamp()`)'],
    ['FreeTalks/{talkId}', 'status', 'client edit (starts as `"published"`)'],
    ['TempReplies/{replyId}', 'deleted', 'client edit: to true, once; starts as `false`'],
    ['Chatting/{roomId}/messages/{messageId}', 'kind', 'client create'],
    ['Chatting/{roomId}/messages/{messageId}', 'nth', 'client create'],
    ['Chatting/{roomId}', 'lastMessage', 'server (starts as `null`)'],
    ['Chatting/{roomId}', 'lastMessage.text', 'server'],
    ['users/{uid}', 'introduction', 'server, then client edit'],
    ['Hospitals/{hospitalId}', 'rating.average', 'server'],
  ])('%s %s: %s', (path, field, writer) => {
    expect(writerOf(modelOf(path), field)).toBe(writer);
  });
});

describe('indexes', () => {
  const query = (parts: Partial<QueryModel>): QueryModel => ({ screen: '', where: [], limit: 1, ...parts });
  const orderBy = [{ field: 't', direction: 'desc' }] as const;

  test.each([
    ['equality filters only', query({ where: ['a', 'b'].map((field) => ({ field, op: '==' as const })) })],
    ['one order only', query({ orderBy })],
    ['a count of filtered documents', query({ where: [{ field: 'a', op: '==' }], aggregates: [] })],
    ['one sum of everything', query({ aggregates: ['n'] })],
  ])('%s need none', (_name, needsNone) => {
    expect(compositeFields(needsNone)).toBeNull();
  });

  test('filters come before the order, equality before array-contains', () => {
    const where = [
      { field: 'list', op: 'array-contains' },
      { field: 'a', op: '==' },
    ] as const;
    expect(compositeFields(query({ where, orderBy }))).toEqual([
      { fieldPath: 'a', order: 'ASCENDING' },
      { fieldPath: 'list', arrayConfig: 'CONTAINS' },
      { fieldPath: 't', order: 'DESCENDING' },
    ]);
  });

  test('sums of filtered documents need one index with the filter and every summed field', () => {
    const fields = compositeFields(query({ where: [{ field: 'a', op: '==' }], aggregates: ['n', 'm.x'] }));
    expect(fields?.map(({ fieldPath }) => fieldPath)).toEqual(['a', 'n', 'm.x']);
  });

  test('each is there once', () => {
    expect(neededIndexes([...models, ...models])).toEqual(neededIndexes(models));
  });

  test('long texts that no query names are exempt', () => {
    const names = neverQueried(models).map(
      ({ collectionGroup, fieldPath }) => `${collectionGroup}.${fieldPath}`,
    );
    expect(names).toEqual(
      expect.arrayContaining([
        'Events.sideEffects',
        'FreeTalks.body',
        'Hospitals.hours',
        'Hospitals.introduction',
        'TempReplies.text',
        'messages.text',
        'reviews.text',
      ]),
    );
    expect(names).not.toContain('reviews.rating');
  });
});

describe('firestore.rules', () => {
  const secret = ({ access }: CollectionModel) =>
    access.get === 'nobody' && access.list === 'nobody' && access.write === 'server only';

  test('has a block for every collection somebody may reach, and no other', () => {
    // A document with a name may be reached through the block of its collection.
    const others = (path: string) => models.filter((model) => model.path.replace(/[^/]+$/, '') === path);
    const isCovered = (path: string) =>
      !path.endsWith('}') && !blockOf(path) && others(path.replace(/[^/]+$/, '')).length > 1;
    const reachable = models
      .filter((model) => !secret(model) && !isCovered(model.path))
      .map(({ path }) => path);
    expect(blocks.map(({ path }) => path).sort()).toEqual([...reachable].sort());
  });

  test.each(models.map((model) => [model.path, model] as const))(
    '%s: field lists equal the schemas',
    (path, model) => {
      const { createFields = [], editFields = [], ...others } = blockOf(path)?.lists ?? {};
      expect({ createFields, editFields }).toEqual({
        createFields: keysOf(model.client?.create),
        editFields: keysOf(model.client?.edit),
      });
      const { [path]: tombstone } = tombstones;
      expect(others).toEqual(tombstone ? { tombstoneFields: Object.keys(tombstone).sort() } : {});
    },
  );
});

describe('app contract', () => {
  test('names every folder of storage.rules', () => {
    const folders = readRules(read('storage.rules')).map(({ path }) => path);
    expect(folders).toContain('public/{path=**}');
    expect(folders.filter((path) => !document.includes(`| \`${path}\` |`))).toEqual([]);
  });

  test('names every refusal of inboundMail', () => {
    const statuses = [...read('functions/src/inbound/delivery.ts').matchAll(/^ {2}([A-Z0-9_]+): \d{3},$/gm)];
    const others = [...read('functions/src/inbound/edge.ts').matchAll(/reason: '([A-Z0-9_]+)'/g)];
    const reasons = [...statuses, ...others].map(([, reason]) => reason);
    expect(reasons.length).toBeGreaterThan(5);
    expect(reasons.filter((reason) => !document.includes(`| \`${reason}\` |`))).toEqual([]);
  });

  test('names every callable', () => {
    const source = read('functions/src/index.ts');
    const names = [...source.matchAll(/export const (\w+) = onCall\(/g)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !document.includes(`\n#### \`${name}\`\n`))).toEqual([]);
  });
});
