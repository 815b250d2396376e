/** How elements of an HTML letter look, as far as that decides whether their text is seen at all. */
import type { HTMLElement } from 'node-html-parser';

/** Lower case; the document itself has none. */
export const tagOf = ({ rawTagName }: HTMLElement): string => (rawTagName ?? '').toLowerCase();

/** Properties of an element by name, in small letters. */
export type Style = ReadonlyMap<string, string>;

/** Properties a piece of CSS sets. */
export function declarations(css: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const declaration of css.slice(0, 5000).split(';')) {
    const colon = declaration.indexOf(':');
    const value = declaration
      .slice(colon + 1)
      .replace(/!important/i, '')
      .trim()
      .toLowerCase();
    if (colon > 0 && value) found.set(declaration.slice(0, colon).trim().toLowerCase(), value);
  }
  return found;
}

/** Properties that decide whether text is seen. */
const seen =
  /^(display|visibility|opacity|font-size|font|color|background|background-color|background-image|width|height|max-height|max-width|overflow|text-indent|position|left|top|clip|mso-hide)$/;

/** Rules of the document's own style sheets for plain selectors; those for screens of a kind are left out. */
export function sheetStyles(root: HTMLElement): Map<HTMLElement, Map<string, string>> {
  const styles = new Map<HTMLElement, Map<string, string>>();
  const css = root
    .querySelectorAll('style')
    .map((style) => style.rawText)
    .join('\n')
    .slice(0, 100_000)
    .replace(/\/\*[\s\S]*?\*\/|<!--|-->/g, '')
    .replace(/@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})/g, '');
  let rules = 0;
  for (const [, selectors = '', body = ''] of css.matchAll(/([^{}]{1,500})\{([^{}]{0,5000})\}/g)) {
    const wanted = [...declarations(body)].filter(([property]) => seen.test(property));
    for (const selector of wanted.length > 0 ? selectors.split(',') : []) {
      rules += 1;
      if (rules > 60 || !/^[\w.#-]+$/.test(selector.trim())) continue;
      for (const element of root.querySelectorAll(selector.trim())) {
        styles.set(element, new Map([...(styles.get(element) ?? []), ...wanted]));
      }
    }
  }
  return styles;
}
const named: Record<string, string> = {
  white: '255,255,255',
  snow: '255,250,250',
  ivory: '255,255,240',
  whitesmoke: '245,245,245',
  black: '0,0,0',
};

/** A colour as its three parts; null when we cannot tell; `transparent` counts as not said. */
function colour(value: string | undefined): number[] | null {
  const text = (value ?? '').trim().toLowerCase();
  const short = /^#?([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(text);
  if (short) return short.slice(1).map((digit) => Number.parseInt(digit + digit, 16));
  const long = /#?\b([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})\b/.exec(text);
  if (long) return long.slice(1).map((digits) => Number.parseInt(digits, 16));
  const parts = named[text] ?? /rgba?\(\s*([\d.]+[\s,]+[\d.]+[\s,]+[\d.]+)/.exec(text)?.[1];
  return parts ? parts.split(/[\s,]+/).map(Number) : null;
}

const nearlySame = (a: readonly number[], b: readonly number[]): boolean =>
  a.reduce((sum, part, index) => sum + Math.abs(part - (b[index] ?? 0)), 0) < 30;

const isNothing = (size: string | undefined): boolean =>
  /^0*(?:\.\d+|[01](?:\.0*)?)?(?:px|pt|em|rem|%)?$/.test(size ?? 'x') && size !== '';
const isZero = (size: string | undefined): boolean =>
  /^0*(?:\.0+)?(?:px|pt|em|rem|%)?$/.test(size ?? 'x') && size !== '';

/** How text inside an element looks. */
export interface Look {
  readonly colour: readonly number[] | null;
  /** Null: something we cannot compare with, a picture for one. */
  readonly background: readonly number[] | null;
  readonly tiny: boolean;
  readonly invisible: boolean;
  readonly quoted: boolean;
}
export const plainLook: Look = {
  colour: [0, 0, 0],
  background: [255, 255, 255],
  tiny: false,
  invisible: false,
  quoted: false,
};

/** Elements that take their whole content out of sight. */
export function isRemoved(element: HTMLElement, style: Style): boolean {
  if (style.get('display') === 'none' || element.hasAttribute('hidden')) return true;
  if (isZero(style.get('opacity')) || isZero(style.get('max-height')) || isZero(style.get('max-width')))
    return true;
  const boxed = isZero(style.get('height')) || isZero(style.get('width'));
  if (boxed && (style.get('overflow') ?? '').includes('hidden')) return true;
  const isFarAway = [style.get('text-indent'), style.get('left'), style.get('top')].some((offset) =>
    /^-\d{3,}/.test(offset ?? ''),
  );
  return isFarAway || /rect\(\s*0/.test(style.get('clip') ?? '');
}

function backgroundOf(element: HTMLElement, style: Style, inherited: Look['background']): Look['background'] {
  if (
    element.hasAttribute('background') ||
    /url\(/.test(`${style.get('background')}${style.get('background-image')}`)
  )
    return null;
  const said = style.get('background-color') ?? style.get('background') ?? element.getAttribute('bgcolor');
  if (said === undefined || /^(transparent|none|inherit|initial)$/i.test(said)) return inherited;
  return colour(said);
}

/** How an element looks inside what looks like `inherited`. */
export function lookOf(element: HTMLElement, style: Style, inherited: Look): Look {
  const said = style.get('color') ?? element.getAttribute('color');
  const size = style.get('font-size') ?? /(?:^|\s)([\d.]+(?:px|pt|em))/.exec(style.get('font') ?? '')?.[1];
  const visibility = style.get('visibility');
  return {
    colour: said === undefined || said === 'inherit' ? inherited.colour : colour(said),
    background: backgroundOf(element, style, inherited.background),
    tiny:
      size === undefined
        ? inherited.tiny
        : /em|%/.test(size)
          ? isZero(size) || inherited.tiny
          : isNothing(size),
    invisible: visibility === undefined ? inherited.invisible : visibility !== 'visible',
    quoted: inherited.quoted || tagOf(element) === 'blockquote',
  };
}

/** Whether a person would see text that looks so. */
export const isSeen = ({ colour: text, background, tiny, invisible }: Look): boolean =>
  !tiny && !invisible && !(text && background && nearlySame(text, background));
