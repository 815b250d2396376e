/** Which collection a document belongs to, and whether it has the shape its schema promises. */
import type { CollectionModel } from '../functions/src/kernel/model.ts';
import { models } from '../functions/src/model.ts';
import type { SeedDocument } from './frame.ts';

const isSlot = (segment: string) => segment.startsWith('{');

/** The model of a document's collection, or undefined when the product has no such collection. A document named goes first. */
export function modelOf(path: string): CollectionModel | undefined {
  const segments = path.split('/');
  const slotsOf = (model: CollectionModel) => model.path.split('/').filter(isSlot).length;
  const [closest] = models
    .filter((model) => {
      const template = model.path.split('/');
      return (
        template.length === segments.length &&
        template.every((part, index) => isSlot(part) || part === segments[index])
      );
    })
    .sort((a, b) => slotsOf(a) - slotsOf(b));
  return closest;
}

/** What is wrong with a document, one line for each field: path, field, reason. Fields nobody described count too. */
export function faultsOf({ path, data }: SeedDocument): string[] {
  const model = modelOf(path);
  if (!model) return [`${path}: no collection of the product has such documents`];
  const parsed = model.stored.strict().safeParse(data);
  if (parsed.success) return [];
  return parsed.error.issues.map(
    (issue) => `${path}: ${issue.path.join('.') || '(document)'}: ${issue.message}`,
  );
}
