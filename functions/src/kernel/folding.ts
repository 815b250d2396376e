/**
 * Korean text as a reader hears it, however it is spelt: spaces, dots, hearts and full-width forms that are put
 * between or instead of letters to slip past a word list are gone. Pure; positions lead back to the original.
 */

export interface Folded {
  /** Letters, digits, `%`, `+`, decimal points and line ends of the original; lower case, half width. */
  readonly text: string;
  /** The original in NFC. */
  readonly original: string;
  /** Where each character of `text` begins in `original`. */
  readonly at: readonly number[];
  /** Whether something was left out right before each character of `text`. */
  readonly gap: readonly boolean[];
}

export interface Hit {
  /** What stands in the original, from the first to the last letter. */
  readonly raw: string;
  /** The matched letters. */
  readonly text: string;
  /** Range in the folded text. */
  readonly start: number;
  readonly end: number;
}

const maxLength = 20_000;

// Hanja and look-alikes that advertisements write in place of the Hangul word.
const replaced: Readonly<Record<string, string>> = {
  ...{ 最: '최', 高: '고', 初: '초', 低: '저', 價: '가', 唯: '유', 無: '무', 痛: '통', 完: '완', 治: '치' },
  ...{ 料: '료', 先: '선', 着: '착', 順: '순', '٪': '%', '➕': '+', '✚': '+', '﹢': '+' },
};

const invisible = /[\p{Mn}\p{Me}\p{Cf}\u115F\u1160\u3164\uFFA0]/u;
const letter = /[\p{L}\p{N}%+]/u;
const lineEnd = /[\n\r\u2028\u2029]/;
// Dots in the shape of Hangul vowels; NFKC would turn other lone jamo into letters that join.
const dotJamo = /[\u318D\u119E\u11A2]/;
const loneJamo = /[\u3131-\u318E]/;

function lettersOf(character: string): string {
  if (dotJamo.test(character)) return ' ';
  if (loneJamo.test(character)) return character;
  return (replaced[character] ?? character).normalize('NFKC').toLowerCase();
}

const isDigit = (character: string | undefined) => character !== undefined && /\d/.test(character);

/** At most the first 20,000 UTF-16 units are folded. */
export function fold(value: string): Folded {
  const original = value.slice(0, maxLength).normalize('NFC');
  const letters: string[] = [];
  const at: number[] = [];
  const gap: boolean[] = [];
  let open = false;
  let position = 0;
  const push = (character: string) => {
    letters.push(character);
    at.push(position);
    gap.push(open);
    open = false;
  };
  for (const character of original) {
    if (lineEnd.test(character)) {
      if (letters.at(-1) !== '\n') push('\n');
    } else if (!invisible.test(character)) {
      const joinsDigits = isDigit(letters.at(-1)) && !open && isDigit(original[position + 1]);
      for (const each of lettersOf(character)) {
        if (letter.test(each)) push(each);
        else if (each === '.' && joinsDigits) push(each);
        else if (!(each === ',' && joinsDigits)) open = true;
      }
    }
    position += character.length;
  }
  return { text: letters.join(''), original, at: perUnit(letters, at), gap: perUnit(letters, gap) };
}

/** One value per UTF-16 unit, so that the ranges of a regular expression are ranges here. */
function perUnit<T>(letters: readonly string[], values: readonly T[]): T[] {
  return values.flatMap((value, index) => Array<T>((letters[index] ?? ' ').length).fill(value));
}

/**
 * Whether the letters from `start` to `end` were written as one word, or as one taken apart: `최 고`, `국내최.고`.
 * Not so when they are the end of one word and the beginning of the next: `보완 치료` does not say 완치.
 */
function isOneWord({ text, gap }: Folded, start: number, end: number): boolean {
  const joint = (index: number) =>
    index === 0 ||
    index >= text.length ||
    gap[index] === true ||
    text[index] === '\n' ||
    text[index - 1] === '\n';
  const isTakenApart = gap.slice(start + 1, end).includes(true);
  return !isTakenApart || joint(start) || joint(end);
}

// Longer matches are phrases, which have spaces of their own.
const longestWord = 3;

/** Where `pattern` (global, written without spaces) is said in the text. */
export function* hitsOf(folded: Folded, pattern: RegExp): Generator<Hit> {
  for (const match of folded.text.matchAll(pattern)) {
    const start = match.index;
    const end = start + match[0].length;
    if (start === end || (end - start <= longestWord && !isOneWord(folded, start, end))) continue;
    const from = folded.at[start] ?? 0;
    const to = (folded.at[end - 1] ?? 0) + 1;
    yield { raw: folded.original.slice(from, to), text: match[0], start, end };
  }
}

/** The hit with what stands around it in the original, on one line, at most `length` characters. */
export function excerptOf(folded: Folded, hit: Hit, length = 60): string {
  const from = folded.at[hit.start] ?? 0;
  const to = (folded.at[hit.end - 1] ?? 0) + 1;
  const room = Math.max(0, Math.floor((length - (to - from)) / 2));
  return folded.original
    .slice(Math.max(0, from - room), to + room)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, length);
}
