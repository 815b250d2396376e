/** The raw material in words/*.json, typed, and how a sentence with slots becomes a sentence. */
import type { Doctor, Hospital } from '../functions/src/directory/schema.ts';
import areasJson from './words/areas.json' with { type: 'json' };
import chatsJson from './words/chats.json' with { type: 'json' };
import doctorsJson from './words/doctors.json' with { type: 'json' };
import eventsJson from './words/events.json' with { type: 'json' };
import hospitalsJson from './words/hospitals.json' with { type: 'json' };
import peopleJson from './words/people.json' with { type: 'json' };
import postsJson from './words/posts.json' with { type: 'json' };
import repliesJson from './words/replies.json' with { type: 'json' };
import reviewsJson from './words/reviews.json' with { type: 'json' };
import treatmentsJson from './words/treatments.json' with { type: 'json' };

export interface Area {
  readonly region: Hospital['region'];
  readonly city: string;
  readonly district: string;
  readonly name: string;
  readonly lat: number;
  readonly lng: number;
  readonly zip: number;
  readonly phone: string;
  readonly roads: readonly string[];
  readonly landmark: string;
}

export interface HospitalKind {
  readonly suffix: string;
  readonly type: Hospital['type'];
  readonly departments: Hospital['departments'];
  readonly specialty: NonNullable<Doctor['specialty']>;
  readonly groups: readonly string[];
}

export interface TreatmentGroup {
  readonly label: string;
  readonly sideEffects: string;
  readonly titles: readonly string[];
  /** Name, lowest and highest price. */
  readonly list: readonly (readonly [name: string, from: number, to: number])[];
}

/** Sentences of one mood: openings, service and closings for all, and one list for every treatment group. */
export type Sentences = Readonly<Record<string, readonly string[]>>;
export type Mood = 'good' | 'mixed' | 'bad';
export type PostWords = readonly [title: string, body: string];

const { tails, notice, ...posts } = postsJson;

export const words = {
  areas: areasJson as Readonly<Record<string, Area>>,
  hospitals: hospitalsJson.list as unknown as readonly [
    id: string,
    area: string,
    kind: string,
    stem: string,
  ][],
  hospitalKinds: hospitalsJson.kinds as unknown as Readonly<Record<string, HospitalKind>>,
  hours: hospitalsJson.hours,
  introductions: hospitalsJson.introductions,
  doctors: { ...doctorsJson, careers: doctorsJson.careers as Readonly<Record<string, readonly string[]>> },
  treatments: treatmentsJson as unknown as Readonly<Record<string, TreatmentGroup>>,
  events: eventsJson,
  people: peopleJson,
  reviews: reviewsJson as Readonly<Record<Mood, Sentences>>,
  posts: posts as unknown as Readonly<Record<string, readonly PostWords[]>>,
  postTails: tails,
  notice,
  replies: repliesJson as Readonly<Record<string, readonly string[]>>,
  chats: chatsJson,
};

/** The entry of a table, or an error that names what is missing. */
export function at<T>(table: Readonly<Record<string, T>>, key: string): T {
  const entry = table[key];
  if (entry === undefined) throw new Error(`no "${key}" in the words of the seed`);
  return entry;
}

const particles: Record<string, readonly [afterConsonant: string, afterVowel: string]> = {
  을: ['을', '를'],
  은: ['은', '는'],
  이: ['이', '가'],
};

function endsInConsonant(word: string): boolean {
  const code = word.charCodeAt(word.length - 1) - 0xac00;
  return code >= 0 && code <= 0x2ba3 && code % 28 !== 0;
}

/** Fills `{slot}`; `{t을}` is slot `t` with the particle that fits its last syllable. */
export function fill(sentence: string, slots: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{([a-z]+)([을은이])?\}/g, (_all, slot: string, particle?: string) => {
    const word = at(slots, slot);
    if (!particle) return word;
    const [afterConsonant, afterVowel] = at(particles, particle);
    return word + (endsInConsonant(word) ? afterConsonant : afterVowel);
  });
}

/** 990000 → `99만원`, 55000 → `5만 5천원`, 49500 → `49,500원`. */
export function spokenPrice(won: number): string {
  const tenThousands = Math.floor(won / 10_000);
  const rest = won % 10_000;
  if (rest === 0) return `${tenThousands}만원`;
  return rest % 1_000 === 0 ? `${tenThousands}만 ${rest / 1_000}천원` : `${won.toLocaleString('en-US')}원`;
}
