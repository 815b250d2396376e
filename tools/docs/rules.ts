/** Reads the `match` blocks of a rules file, with the field lists their functions return. Pure. */

export interface RuleBlock {
  /** Below the database or bucket: `Chatting/{roomId}/messages/{messageId}`. */
  readonly path: string;
  /** Lists by the name of their function: `createFields`, `editFields`, … Sorted. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
}

interface Frame {
  readonly block: { path: string; lists: Record<string, string[]> } | null;
  readonly list: { readonly name: string; readonly words: string[] } | null;
}

const token =
  /'(?<word>(?:[^'\\]|\\.)*)'|match\s+(?<path>\/\S+)\s*\{|function\s+(?<name>\w+)\([^)]*\)\s*\{|(?<open>\{)|(?<close>\})/g;

const nothing: Frame = { block: null, list: null };
const parent = (frames: readonly Frame[]) => frames.findLast(({ block }) => block)?.block ?? null;

function opened(frames: readonly Frame[], groups: Readonly<Record<string, string | undefined>>): Frame {
  if (groups.path)
    return { block: { path: `${parent(frames)?.path ?? ''}${groups.path}`, lists: {} }, list: null };
  return groups.name?.endsWith('Fields') ? { block: null, list: { name: groups.name, words: [] } } : nothing;
}

const root = /^\/(databases\/\{database\}\/documents|b\/\{bucket\}\/o)\/?/;

/** Every `match` block, in order of appearance, without the one that stands for the whole database. */
export function readRules(text: string): RuleBlock[] {
  const frames: Frame[] = [];
  const blocks: { path: string; lists: Record<string, string[]> }[] = [];
  for (const { groups = {} } of text.replace(/^\s*\/\/.*$/gm, '').matchAll(token)) {
    if (groups.word !== undefined) frames.at(-1)?.list?.words.push(groups.word);
    else if (groups.close === undefined) {
      const frame = opened(frames, groups);
      frames.push(frame);
      if (frame.block) blocks.push(frame.block);
    } else {
      const list = frames.pop()?.list;
      const owner = parent(frames);
      if (list && owner) owner.lists[list.name] = list.words.sort();
    }
  }
  return blocks
    .map(({ path, lists }) => ({ path: path.replace(root, ''), lists }))
    .filter(({ path }) => path !== '');
}
