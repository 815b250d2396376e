/** What people are called who write without their name. Pure. */
import { mostNumbered } from './schema.ts';

export const anonymousName = '익명';
export const authorName = '글쓴이';

/** What somebody is called who stands at `index` of those below a post; beyond the last number, nobody in particular. */
export const nameAt = (index: number): string =>
  index >= 0 && index < mostNumbered ? `${anonymousName} ${index + 1}` : anonymousName;
