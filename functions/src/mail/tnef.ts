/** winmail.dat: the envelope Outlook puts files in for readers it takes for Outlook. MS-OXTNEF, attributes only. */
import { decodeText } from './charset.ts';

export interface Unpacked {
  readonly files: readonly { readonly fileName: string; readonly content: Buffer }[];
  /** The letter's own text, when it is in there; else empty. */
  readonly text: string;
}

const signature = 0x223e9f78;
const attribute = { body: 0x800c, title: 0x8010, data: 0x800f, rendering: 0x9002, properties: 0x9005 };
const maxFiles = 200;
/** Tag of PR_ATTACH_LONG_FILENAME as UTF-16, followed by the number of its values. */
const longFileName = Buffer.from([0x1f, 0x00, 0x07, 0x37, 1, 0, 0, 0]);

export const isTnef = (bytes: Buffer): boolean => bytes.length > 6 && bytes.readUInt32LE(0) === signature;

function longNameIn(properties: Buffer): string | null {
  const at = properties.indexOf(longFileName);
  if (at === -1 || at + 12 > properties.length) return null;
  const length = properties.readUInt32LE(at + 8);
  const name = properties.subarray(at + 12, at + 12 + Math.min(length, 1000)).toString('utf16le');
  return name.replace(/\0.*$/s, '') || null;
}

const zeroEnded = (bytes: Buffer): string => {
  const end = bytes.indexOf(0);
  return decodeText(end === -1 ? bytes : bytes.subarray(0, end), 'cp949').text;
};

/** Files and text inside; a damaged end is left out. */
export function unpackTnef(bytes: Buffer): Unpacked {
  const files: { fileName: string; content: Buffer }[] = [];
  let text = '';
  let at = 6;
  while (at + 9 <= bytes.length && files.length < maxFiles) {
    const id = bytes.readUInt16LE(at + 1);
    const length = bytes.readUInt32LE(at + 5);
    const data = bytes.subarray(at + 9, at + 9 + length);
    if (data.length < length) break;
    const file = files.at(-1);
    if (id === attribute.rendering) files.push({ fileName: '', content: Buffer.alloc(0) });
    else if (id === attribute.body) text = zeroEnded(data);
    else if (id === attribute.title && file) file.fileName ||= zeroEnded(data);
    else if (id === attribute.data && file) file.content = data;
    else if (id === attribute.properties && file) file.fileName = longNameIn(data) ?? file.fileName;
    at += 9 + length + 2;
  }
  return { files: files.filter(({ content }) => content.length > 0), text };
}
