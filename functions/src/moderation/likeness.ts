/**
 * Whether two texts say nearly the same, without keeping them side by side: a signature (MinHash over five-letter
 * pieces) whose share of equal places estimates how many pieces the texts have in common, and bands of it, by which
 * Firestore finds candidates. Pure. Source: Broder 1997; Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, ch. 3.
 */
import { fold } from '../kernel/folding.ts';

const places = 48;
const placesPerBand = 4;
const pieceLength = 5;
/** Shorter texts are like each other by chance. */
const fewestPieces = 20;
/** From this share on texts count as one (domain sheet §4: 0.85 of the pieces). */
export const nearlySame = 0.8;

export interface Signature {
  /** 48 whole numbers of 32 bits. */
  readonly places: readonly number[];
  /** Twelve words; nearly equal texts share at least one. */
  readonly bands: readonly string[];
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash ^= text.charCodeAt(at);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

/** A permutation of 32-bit numbers, one per place (xorshift-multiply, seeded). */
function permuted(hash: number, place: number): number {
  let x = (hash ^ Math.imul(place + 1, 0x9e3779b9)) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

function piecesOf(text: string): Set<number> {
  const letters = fold(text).text.replaceAll('\n', '');
  const pieces = new Set<number>();
  for (let at = 0; at + pieceLength <= letters.length; at += 1)
    pieces.add(hashOf(letters.slice(at, at + pieceLength)));
  return pieces;
}

/** The bands of the places of a signature. */
export function bandsOf(all: readonly number[]): string[] {
  return Array.from({ length: places / placesPerBand }, (_, band) => {
    const from = band * placesPerBand;
    return `${band}.${hashOf(all.slice(from, from + placesPerBand).join()).toString(36)}`;
  });
}

/** The signature of a text; null when it is too short to tell. */
export function signatureOf(text: string): Signature | null {
  const pieces = piecesOf(text);
  if (pieces.size < fewestPieces) return null;
  const least = Array.from({ length: places }, () => 0xffffffff);
  for (const piece of pieces)
    for (let place = 0; place < places; place += 1) {
      const value = permuted(piece, place);
      if (value < (least[place] ?? 0)) least[place] = value;
    }
  return { places: least, bands: bandsOf(least) };
}

/** The share of pieces two texts have in common, estimated, 0 to 1. */
export function likenessOf(one: readonly number[], other: readonly number[]): number {
  const equal = one.filter((value, place) => value === other[place]).length;
  return equal / places;
}
