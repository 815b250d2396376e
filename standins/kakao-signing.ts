/** The Kakao stand-in's signing keys and JWTs, made with node:crypto so that jest can load them as CommonJS. */
import { createHash, createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { JsonRecord } from './control.ts';

export interface SigningKey {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

function newSigningKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return { kid: createHash('sha256').update(spki).digest('hex').slice(0, 32), privateKey, publicKey };
}

/** Two keys are published at a time and the newer signs; rotating drops the older and adds a new one. */
export class KeyRing {
  #older = newSigningKey();
  #newer = newSigningKey();

  get signing(): SigningKey {
    return this.#newer;
  }

  get older(): SigningKey {
    return this.#older;
  }

  rotate(): void {
    this.#older = this.#newer;
    this.#newer = newSigningKey();
  }

  kids(): string[] {
    return [this.#older.kid, this.#newer.kid];
  }

  publicKeySet(): { keys: JsonRecord[] } {
    return { keys: [this.#older, this.#newer].map(publicJwk) };
  }
}

function publicJwk({ kid, publicKey }: SigningKey): JsonRecord {
  const { n, e } = publicKey.export({ format: 'jwk' });
  return { kid, kty: 'RSA', alg: 'RS256', use: 'sig', n, e };
}

function encode(value: JsonRecord): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

const plainHeader: JsonRecord = { typ: 'JWT' };

export function signRs256(key: SigningKey, claims: JsonRecord, header = plainHeader): string {
  const content = `${encode({ ...header, kid: key.kid, alg: 'RS256' })}.${encode(claims)}`;
  return `${content}.${sign('RSA-SHA256', Buffer.from(content), key.privateKey).toString('base64url')}`;
}

/** The algorithm-confusion forgery: the published key's PEM text used as an HMAC secret. */
export function signHs256WithPublicKey(key: SigningKey, claims: JsonRecord, header = plainHeader): string {
  const content = `${encode({ ...header, kid: key.kid, alg: 'HS256' })}.${encode(claims)}`;
  const secret = key.publicKey.export({ type: 'spki', format: 'pem' });
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
}

export function leaveUnsigned(claims: JsonRecord, header = plainHeader): string {
  return `${encode({ ...header, alg: 'none' })}.${encode(claims)}.`;
}

/** Signed by a key that is not published, under its own kid or under one that is. */
export function signWithStrangersKey(claims: JsonRecord, header = plainHeader, kid?: string): string {
  const stranger = newSigningKey();
  return signRs256({ ...stranger, kid: kid ?? stranger.kid }, claims, header);
}
