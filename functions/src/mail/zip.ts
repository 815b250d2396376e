/** The table of contents of a zip file, read without unpacking anything, and one entry at a time within bounds. */
import { inflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

const endSignature = Buffer.from('PK\x05\x06', 'latin1');
const entrySignature = 0x02014b50;
const zip64 = 0xffffffff;

export const isZip = (bytes: Buffer): boolean =>
  bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'));

/** Entries as the central directory lists them; null when there is none, or it is larger than any sheet's. */
export function zipEntries(bytes: Buffer): ZipEntry[] | null {
  const end = bytes.lastIndexOf(endSignature);
  if (end === -1 || end + 20 > bytes.length) return null;
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (count > 5000) return null;
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== entrySignature) return null;
    const nameLength = bytes.readUInt16LE(at + 28);
    const [packed, size, offset] = [20, 24, 42].map((field) => bytes.readUInt32LE(at + field));
    if (packed === undefined || size === undefined || offset === undefined || size === zip64) return null;
    const name = bytes.subarray(at + 46, at + 46 + nameLength).toString('utf8');
    entries.push({ name, method: bytes.readUInt16LE(at + 10), packed, size, offset });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

/** Content of an entry; null when it is not what the directory says, its size first of all. */
export function unzipped(bytes: Buffer, { method, packed, size, offset }: ZipEntry): Buffer | null {
  if (offset + 30 > bytes.length) return null;
  const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  const content = bytes.subarray(start, start + packed);
  if (method === 0) return content.length === size ? content : null;
  if (method !== 8 || size === 0) return size === 0 ? Buffer.alloc(0) : null;
  try {
    return inflateRawSync(content, { maxOutputLength: size });
  } catch {
    return null;
  }
}
