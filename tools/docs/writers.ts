/** Who writes a field, from the shapes clients may send. Pure. */
import type { CollectionModel } from '../../functions/src/kernel/model.ts';
import { keysOf, nodeOf, optionsOf, type SchemaNode } from './fields.ts';

/** What the rules allow beyond the `edit` shape. docs.test.ts holds it against `tombstoneFields` in firestore.rules. */
export const tombstones: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'reviews/{reviewId}': {
    ...Object.fromEntries(
      [
        ...['aspects', 'text', 'sideEffects', 'treatments', 'paidPrice', 'photoPaths'],
        ...['beforeAfterPaths', 'beforeAfterPublic', 'updatedAt'],
      ].map((field) => [field, 'client edit; emptied when the author takes the review back']),
    ),
    status: 'server; client edit: to `"deleted"`, once; starts as `"published"`',
  },
  'Chatting/{roomId}/messages/{messageId}': {
    ...Object.fromEntries(
      ['text', 'uploadPath', 'fileName', 'place', 'attachment', 'editedAt'].map((field) => [
        field,
        'client create; emptied when the sender takes the message back',
      ]),
    ),
    deleted: 'client edit: to true, once; starts as `false`',
  },
  'TempReplies/{replyId}': {
    text: 'emptied when the author takes the reply back',
    deleted: 'client edit: to true, once; starts as `false`',
    updatedAt: 'stamped when the author takes the reply back',
  },
};

/** What a field must be when a client creates the document, when there is no choice. */
function fixedAtCreation(nodes: readonly SchemaNode[]): string | null {
  const fixed = nodes.map((node) => {
    if ('const' in node) return JSON.stringify(node.const);
    return node.type === 'null' ? 'null' : null;
  });
  return new Set(fixed).size === 1 ? (fixed[0] ?? null) : null;
}

function creation(
  model: CollectionModel,
  key: string,
): { sent: boolean; fixed: string | null; stamped: boolean } {
  const { create } = model.client ?? {};
  const nodes = create ? optionsOf(nodeOf(create)).flatMap((option) => option.properties?.[key] ?? []) : [];
  return {
    sent: nodes.length > 0,
    fixed: fixedAtCreation(nodes),
    stamped: nodes.some((node) => node.kind === 'serverTimestamp'),
  };
}

/** `client create`, `client edit`, both, or `server`, for a field (dotted names belong to their top-level field). */
export function writerOf(model: CollectionModel, fieldName: string): string {
  const key = fieldName.split(/[.[]/)[0] ?? fieldName;
  const edited = keysOf(model.client?.edit).includes(key);
  const { sent, fixed, stamped } = creation(model, key);
  const tombstone = edited ? undefined : tombstones[model.path]?.[key];
  if (tombstone) return tombstone;
  if (!sent) return edited ? 'server, then client edit' : 'server';
  if (fixed !== null && key === fieldName)
    return `${edited ? 'client edit' : 'server'} (starts as \`${fixed}\`)`;
  if (fixed !== null) return edited ? 'client edit' : 'server';
  return `client create${edited ? ', client edit' : ''}${stamped ? ' (`serverTimestamp()`)' : ''}`;
}
