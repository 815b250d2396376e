/**
 * Forms as providers post them, byte by byte: a message in EUC-KR or with bytes of no charset at all must come out as
 * it went in, so nothing is decoded to text on the way. Pure.
 */
import { Busboy, type BusboyHeaders } from '@fastify/busboy';

export type Form = ReadonlyMap<string, Buffer>;

const most = 100;
const percent = 0x25;
const plus = 0x2b;
const space = 0x20;

const nibble = (code: number | undefined): number => {
  if (code === undefined) return -1;
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
};

/** Undoes percent-encoding. A `%` that encodes nothing stands for itself. */
function unescaped(encoded: Buffer): Buffer {
  const plain = Buffer.allocUnsafe(encoded.length);
  let length = 0;
  for (let at = 0; at < encoded.length; at += 1) {
    const code = encoded[at] ?? 0;
    const high = code === percent ? nibble(encoded[at + 1]) : -1;
    const low = high < 0 ? -1 : nibble(encoded[at + 2]);
    if (low >= 0) at += 2;
    plain[length] = low >= 0 ? high * 16 + low : code === plus ? space : code;
    length += 1;
  }
  return plain.subarray(0, length);
}

function readUrlencoded(body: Buffer): Form {
  const form = new Map<string, Buffer>();
  for (let start = 0; start < body.length && form.size < most; ) {
    const next = body.indexOf('&', start);
    const end = next < 0 ? body.length : next;
    const pair = body.subarray(start, end);
    const equals = pair.indexOf('=');
    const name = unescaped(equals < 0 ? pair : pair.subarray(0, equals)).toString();
    if (!form.has(name)) form.set(name, equals < 0 ? Buffer.alloc(0) : unescaped(pair.subarray(equals + 1)));
    start = end + 1;
  }
  return form;
}

function readMultipart(body: Buffer, contentType: string): Promise<Form> {
  return new Promise((resolve, reject) => {
    const form = new Map<string, Buffer>();
    const headers: BusboyHeaders = { 'content-type': contentType };
    // Only the stream of a file gives bytes; a field would be decoded by the charset its part names.
    const parser = new Busboy({ headers, isPartAFile: () => true, limits: { parts: most } });
    parser.on('file', (name, stream) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', reject);
      stream.on('end', () => {
        if (!form.has(name)) form.set(name, Buffer.concat(chunks));
      });
    });
    parser.on('error', reject);
    parser.on('finish', () => resolve(form));
    parser.end(body);
  });
}

/** The fields of a form, the first of each name; null when the body is no form, or one that was cut short. */
export async function readForm(body: Buffer, contentType: string): Promise<Form | null> {
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) return readUrlencoded(body);
  if (!/^multipart\/form-data\b/i.test(contentType)) return null;
  try {
    return await readMultipart(body, contentType);
  } catch {
    return null;
  }
}
