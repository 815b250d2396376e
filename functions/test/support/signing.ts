/** Clinics that sign their mail: keys made for the test, as their DNS publishes them. */
import { generateKeyPairSync } from 'node:crypto';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';

export interface DnsText {
  readonly name: string;
  readonly data: string;
}

export interface Signer {
  readonly domain: string;
  /** What the domain publishes: the key and, when given, its DMARC policy. */
  readonly records: readonly DnsText[];
  sign(raw: Buffer, how?: Signing): Promise<Buffer>;
}

export interface Signing {
  readonly signedAt?: Date;
  readonly expires?: Date;
  /** Covers so many bytes of the body only. */
  readonly bodyLength?: number;
  readonly selector?: string;
}

const selector = 'k1';

/** A domain with a key of its own, and a DMARC policy when `policy` is given. */
export function newSigner(domain: string, policy?: 'none' | 'quarantine' | 'reject'): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const records = [
    { name: `${selector}._domainkey.${domain}`, data: `v=DKIM1; k=rsa; p=${key}` },
    ...(policy ? [{ name: `_dmarc.${domain}`, data: `v=DMARC1; p=${policy}` }] : []),
  ];
  const sign: Signer['sign'] = async (raw, { signedAt, expires, bodyLength, ...how } = {}) => {
    const one = {
      signingDomain: domain,
      selector: how.selector ?? selector,
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      ...(bodyLength === undefined ? {} : { maxBodyLength: bodyLength }),
    };
    const { signatures, errors } = await dkimSign(raw, {
      ...one,
      signatureData: [one],
      ...(signedAt ? { signTime: signedAt } : {}),
      ...(expires ? { expires } : {}),
    });
    if (signatures === '') throw new Error(`not signed: ${JSON.stringify(errors)}`);
    return Buffer.concat([Buffer.from(signatures), raw]);
  };
  return { domain, records, sign };
}
