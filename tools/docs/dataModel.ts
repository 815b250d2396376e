/** docs/data-model.md, from the models. Pure. */
import type { CollectionModel, QueryModel } from '../../functions/src/kernel/model.ts';
import { appContract } from './contract.ts';
import { fieldsOf } from './fields.ts';
import { describeIndex } from './indexes.ts';
import { anchor, code, table } from './markdown.ts';
import { writerOf } from './writers.ts';

const introduction = `# Data model

Generated from \`functions/src/*/schema.ts\` by \`npm run docs\`. Do not edit by hand: a test compares this file with
what would be written. The same schemas are held against \`firestore.rules\` and give \`firestore.indexes.json\`.

## How to read

- **Path.** \`{name}\` stands for a document id. Every collection has who may **get** one document, **list** several, and
  **write**. What is not listed is refused.
- **Field.** Dots lead into maps, \`[]\` stands for each element of an array. Every field is present in every document:
  what is unknown is \`null\`, never missing.
- **Type.** \`string 1–60\` counts UTF-16 units; \`int 0–…\` has no upper bound below 2^53; *nullable* says that null is
  allowed. Bounds of what clients write are enforced by the rules, the others by the server.
- **Written by.** *client create*: the app sends it when it creates the document. *client edit*: the app may change it
  later. *server*: Cloud Functions, or an operator in the console; the app never sends it. *server (starts as …)*: the app
  must send exactly that value when it creates the document, and only the server changes it from then on. A create must hold
  exactly the fields a client sends, no more and no fewer.
- **Timestamps** are Firestore Timestamps (UTC). Those a client writes must be \`serverTimestamp()\`; the rules compare them
  with the time of the request. Examples show them in ISO 8601.
- **Money** is whole Korean won (KRW), VAT included, as an integer.
- **Days** (\`KST date\`) are \`YYYY-MM-DD\` strings of the calendar in Korea (UTC+9), without a time.
- **Lists** by clients must carry a limit of at most 50 and the filters below, or the rules refuse them.
- **Index.** ↑ ascending, ↓ descending; \`automatic\`: Firestore's single-field indexes serve the query.`;

function contents(models: readonly CollectionModel[]): string {
  const rows = models.map(({ path, purpose }) => [`[${code(path)}](#${anchor(path)})`, purpose]);
  return `## Collections\n\n${table(['collection', 'purpose'], rows)}\n\nThen: [App contract](#app-contract).`;
}

function fieldTable(model: CollectionModel): string {
  const rows = fieldsOf(model.stored).map((field) => [
    code(field.name),
    field.type,
    field.unit,
    writerOf(model, field.name),
    field.description,
    code(field.example),
  ]);
  return table(['field', 'type', 'unit', 'written by', 'description', 'example'], rows);
}

const operators = {
  '==': '==',
  'array-contains': 'contains',
  'array-contains-any': 'contains any of',
} as const;

function queryRow(query: QueryModel): string[] {
  const { screen, where, orderBy = [], limit, aggregates } = query;
  const sums = aggregates?.map((field) => `sum(${code(field)})`) ?? [];
  return [
    screen,
    where.map(({ field, op }) => `${code(field)} ${operators[op]} …`).join(' and ') || 'all',
    orderBy.map(({ field, direction }) => `${code(field)} ${direction}`).join(', ') || '—',
    aggregates ? ['count', ...sums].join(', ') : String(limit),
    describeIndex(query),
  ];
}

function queryTable(queries: readonly QueryModel[]): string {
  if (queries.length === 0) return 'Queries: none; documents are read by id.';
  return table(['screen', 'where', 'order', 'limit or aggregate', 'index'], queries.map(queryRow));
}

function section(model: CollectionModel): string {
  const { path, purpose, access } = model;
  return [
    `## \`${path}\``,
    purpose,
    `When a member leaves: ${model.withdrawal}.`,
    table(['get', 'list', 'write'], [[access.get, access.list, access.write]]),
    fieldTable(model),
    queryTable(model.queries),
  ].join('\n\n');
}

/** The text of docs/data-model.md. */
export function renderDataModel(models: readonly CollectionModel[]): string {
  const sections = models.map(section);
  return `${[introduction, contents(models), ...sections, appContract()].join('\n\n')}\n`;
}
