/**
 * The table of contents of a zip file, read without unpacking anything, and one entry at a time within bounds. It is
 * what programs that open the file go by; what it says of sizes is only a claim until an entry has been unpacked.
 */
import { inflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  /** It cannot be read without a password. */
  readonly isEncrypted: boolean;
  readonly packed: number;
  /** 4 GiB less one also stands for anything larger. */
  readonly size: number;
  readonly offset: number;
}

export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  /** There are more entries than these 5,000. */
  readonly isCut: boolean;
}

const endOfDirectory = Buffer.from('PK\x05\x06', 'latin1');
const endLength = 22;
const directoryEntry = 0x02014b50;
const entryLength = 46;
const maxEntries = 5_000;

export const isZip = (bytes: Buffer): boolean =>
  bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'));

/** The central directory; null when there is none or it is damaged. Never throws. */
export function zipDirectory(bytes: Buffer): ZipDirectory | null {
  const end = bytes.lastIndexOf(endOfDirectory);
  if (end === -1 || end + endLength > bytes.length) return null;
  const count = bytes.readUInt16LE(end + 10);
  const entries: ZipEntry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  while (entries.length < Math.min(count, maxEntries)) {
    if (at + entryLength > bytes.length || bytes.readUInt32LE(at) !== directoryEntry) return null;
    const nameEnd = at + entryLength + bytes.readUInt16LE(at + 28);
    entries.push({
      name: bytes.toString('utf8', at + entryLength, nameEnd),
      method: bytes.readUInt16LE(at + 10),
      isEncrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return { entries, isCut: count > maxEntries };
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
