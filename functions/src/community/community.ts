/** What a written reply means for the counters of what it answers. Pure: knows no Firebase. */

/** The fields of a reply that counters depend on. */
export interface CountedFields {
  readonly parentType: 'FreeTalks' | 'reviews';
  readonly parentId: string;
  readonly replyTo: string | null;
  readonly deleted: boolean;
  readonly hidden: boolean;
}

export interface StaleCounts {
  readonly parents: readonly { readonly type: 'FreeTalks' | 'reviews'; readonly id: string }[];
  readonly replies: readonly string[];
}

export const isVisible = (reply: CountedFields | null): boolean =>
  reply !== null && !reply.deleted && !reply.hidden;

const placeOf = (reply: CountedFields) => `${reply.parentType}/${reply.parentId}/${reply.replyTo ?? ''}`;

function countsAlike(before: CountedFields | null, after: CountedFields | null): boolean {
  if (!isVisible(before) && !isVisible(after)) return true;
  return (
    before !== null &&
    after !== null &&
    isVisible(before) === isVisible(after) &&
    placeOf(before) === placeOf(after)
  );
}

/** Whose reply count a change may have made stale. */
export function staleCounts(before: CountedFields | null, after: CountedFields | null): StaleCounts {
  if (countsAlike(before, after)) return { parents: [], replies: [] };
  const sides = [before, after].filter((side) => side !== null);
  const parents = new Map(
    sides.map((side) => [
      `${side.parentType}/${side.parentId}`,
      { type: side.parentType, id: side.parentId },
    ]),
  );
  const replies = new Set(sides.map((side) => side.replyTo).filter((id) => id !== null));
  return { parents: [...parents.values()], replies: [...replies] };
}
