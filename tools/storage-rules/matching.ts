/**
 * Fits the pattern of a match to the beginning of a request's path.
 *
 * Promise: {name} catches exactly one segment as a text; {name=**} catches a path, of one segment or more in
 * rules_version 1, of none or more in 2.
 */
import type { PatternSegment } from './syntax.ts';
import { RulesPath } from './values.ts';

/** A segment of the request, or undefined for "some file of the listed folder". */
export type Segment = string | undefined;

export interface Fit {
  readonly caught: readonly (readonly [string, unknown])[];
  readonly left: readonly Segment[];
}

/** Every way the pattern fits the beginning of the path: a {name=**} may catch more or fewer segments. */
export function fitPattern(
  pattern: readonly PatternSegment[],
  path: readonly Segment[],
  version: 1 | 2,
): Fit[] {
  const [first, ...others] = pattern;
  if (!first) return [{ caught: [], left: path }];
  const [next] = path;
  if (first.kind === 'literal')
    return path.length > 0 && next === first.text ? fitPattern(others, path.slice(1), version) : [];
  const shortest = first.kind === 'rest' && version === 2 ? 0 : 1;
  const longest = first.kind === 'rest' ? path.length : 1;
  const fits: Fit[] = [];
  for (let length = shortest; length <= Math.min(longest, path.length); length += 1) {
    const caught = catchSegments(first, path.slice(0, length));
    if (!caught) break;
    for (const further of fitPattern(others, path.slice(length), version))
      fits.push({ caught: [...caught, ...further.caught], left: further.left });
  }
  return fits;
}

function catchSegments(
  wildcard: { readonly kind: 'one' | 'rest'; readonly name: string },
  segments: readonly Segment[],
): Fit['caught'] | undefined {
  const known = segments.filter((segment) => segment !== undefined);
  if (wildcard.kind === 'rest')
    return known.length === segments.length ? [[wildcard.name, new RulesPath(known)]] : undefined;
  return known.map((segment) => [wildcard.name, segment] as const);
}
