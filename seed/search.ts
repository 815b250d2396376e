/** The index of the search, as triggers would have made it. */
import { entryOf, sourceOf } from '../functions/src/search/entries.ts';
import { searchKinds } from '../functions/src/search/schema.ts';
import type { SeedDocument } from './frame.ts';

export function searchDocuments(all: readonly SeedDocument[]): SeedDocument[] {
  return all.flatMap(({ path, data }) => {
    const [collection, id = '', ...below] = path.split('/');
    const kind = searchKinds.find((name) => name === collection);
    const source = kind && below.length === 0 ? sourceOf(kind, id, data) : null;
    return source ? [{ path: `search/${source.kind}-${id}`, data: { ...entryOf(source) } }] : [];
  });
}
