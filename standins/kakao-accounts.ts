/** Who is linked to which app and which access tokens live: the state behind the Kakao stand-in. */
import { isRecord, type JsonRecord, numberOf, type StandinClock, textOf } from './control.ts';
import { type KakaoPerson, type KakaoToken, kakaoApp, seedPeople, seedTokens } from './kakao-people.ts';

export interface LiveToken {
  token: string;
  person: KakaoPerson;
  expiresIn: number;
}

function readPerson(value: unknown): KakaoPerson {
  const id = isRecord(value) ? numberOf(value.id) : undefined;
  if (!isRecord(value) || id === undefined) throw new Error('each of people needs a numeric id');
  return {
    id,
    appId: numberOf(value.app_id) ?? kakaoApp.appId,
    connected_at: textOf(value.connected_at) ?? '2026-01-02T03:04:05Z',
    properties: readProperties(value.properties),
    kakao_account: isRecord(value.kakao_account) ? value.kakao_account : {},
  };
}

function readProperties(value: unknown): Record<string, string> {
  const entries = Object.entries(isRecord(value) ? value : {});
  return Object.fromEntries(entries.map(([key, content]) => [key, String(content)]));
}

function readToken(value: unknown): KakaoToken {
  const given: JsonRecord = isRecord(value) ? value : {};
  const token = textOf(given.token);
  const personId = numberOf(given.id);
  if (!token || personId === undefined) throw new Error('each of tokens needs token and id');
  return { token, personId, expiresIn: numberOf(given.expires_in) ?? 21_000 };
}

function readList<T>(value: unknown, readItem: (item: unknown) => T): T[] {
  return Array.isArray(value) ? value.map(readItem) : [];
}

export class KakaoAccounts {
  readonly #clock: StandinClock;
  readonly #people = new Map<number, KakaoPerson>();
  readonly #tokens = new Map<string, KakaoToken>();
  readonly #usedCodes = new Set<string>();

  constructor(clock: StandinClock) {
    this.#clock = clock;
    this.reset();
  }

  reset(): void {
    this.#people.clear();
    this.#tokens.clear();
    this.#usedCodes.clear();
    this.#add(seedPeople, seedTokens);
  }

  /** Adds or replaces; a person seeded again after unlinking is linked again. */
  seed(data: unknown): void {
    if (!isRecord(data)) throw new Error('the seed must be {people?, tokens?}');
    this.#add(readList(data.people, readPerson), readList(data.tokens, readToken));
  }

  #add(people: readonly KakaoPerson[], tokens: readonly KakaoToken[]): void {
    for (const person of people) this.#people.set(person.id, person);
    for (const token of tokens) this.#tokens.set(token.token, token);
  }

  /** The token with its person, unless it is unknown, revoked or past its life. */
  liveToken(token: string): LiveToken | undefined {
    const known = this.#tokens.get(token);
    const person = known && this.#people.get(known.personId);
    if (!known || !person) return undefined;
    const expiresIn = known.expiresIn - Math.round(this.#clock.aheadMs() / 1000);
    return expiresIn > 0 ? { token, person, expiresIn } : undefined;
  }

  /** The person with this number if linked to our app: all that our admin key can see. */
  memberOfOurApp(id: number): KakaoPerson | undefined {
    const person = this.#people.get(id);
    return person?.appId === kakaoApp.appId ? person : undefined;
  }

  unlink(id: number): void {
    this.#people.delete(id);
    this.revokeTokensOf(id);
  }

  revokeToken(token: string): void {
    this.#tokens.delete(token);
  }

  revokeTokensOf(id: number): void {
    for (const { token, personId } of this.#tokens.values()) if (personId === id) this.#tokens.delete(token);
  }

  /** The token a `code-for-…` authorisation code stands for; each code works once. */
  redeemCode(code: string): LiveToken | undefined {
    const live = code.startsWith('code-for-') ? this.liveToken(code.slice('code-for-'.length)) : undefined;
    if (!live || this.#usedCodes.has(code)) return undefined;
    this.#usedCodes.add(code);
    return live;
  }
}
