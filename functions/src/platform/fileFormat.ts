/**
 * What a file is, by its bytes. Pure and total: every sequence of bytes is of some format. Nothing is opened or
 * unpacked; of an archive only the list of contents is read, of a PDF only its dictionary keys.
 */
import { zipDirectory } from '../kernel/zip.ts';

export const pictureFormats = ['jpg', 'png', 'webp', 'heic', 'gif'] as const;
export const documentFormats = ['pdf', 'xlsx', 'docx', 'pptx', 'hwpx', 'xls', 'doc', 'ppt', 'hwp'] as const;
export const archiveFormats = ['zip', 'rar', '7z', 'gz'] as const;
export const programFormats = ['exe', 'elf', 'macho', 'script', 'jar', 'msi', 'lnk', 'class'] as const;
export type FileFormat =
  | (typeof pictureFormats)[number]
  | (typeof documentFormats)[number]
  | (typeof archiveFormats)[number]
  | (typeof programFormats)[number]
  | 'bmp'
  | 'tiff'
  | 'cfb'
  | 'html'
  | 'svg'
  | 'eml'
  | 'rtf'
  | 'text'
  | 'empty'
  | 'unknown';

export interface Inspected {
  readonly format: FileFormat;
  /** It cannot be read without a password. */
  readonly isEncrypted: boolean;
  /** It carries code: macros, scripts in a PDF, programs in an archive. */
  readonly hasCode: boolean;
  /** Unpacked it would be out of all proportion. */
  readonly isBomb: boolean;
}

const startsWith = (bytes: Buffer, ...head: number[]) => head.every((byte, index) => bytes[index] === byte);
const ascii = (bytes: Buffer, from: number, to: number) => bytes.subarray(from, to).toString('latin1');

const programNames =
  /\.(exe|scr|com|pif|bat|cmd|ps1|vbs|vbe|jse?|wsf|wsh|hta|msi|jar|lnk|dll|cpl|reg|sh|app|apk|iso|img)$/i;

/** Whether a file name ends like that of a program. */
export const isProgramName = (name: string): boolean => programNames.test(name);

function zipFormat(names: readonly string[]): FileFormat {
  const has = (start: string) => names.some((name) => name.startsWith(start));
  if (has('xl/')) return 'xlsx';
  if (has('word/')) return 'docx';
  if (has('ppt/')) return 'pptx';
  if (has('Contents/') && has('version.xml')) return 'hwpx';
  if (names.includes('META-INF/MANIFEST.MF') || names.includes('AndroidManifest.xml')) return 'jar';
  return 'zip';
}

const bombSize = 200 * 1024 * 1024;
const bombRatio = 100;
const bombFloor = 10 * 1024 * 1024;

function inspectZip(bytes: Buffer): Inspected {
  const directory = zipDirectory(bytes);
  if (!directory) return plain('zip');
  const { entries, isCut } = directory;
  const names = entries.map(({ name }) => name);
  const unpacked = entries.reduce((sum, { size }) => sum + size, 0);
  return {
    format: zipFormat(names),
    isEncrypted: entries.some(({ isEncrypted }) => isEncrypted),
    hasCode: names.some((name) => isProgramName(name) || /vbaProject\.bin$/i.test(name)),
    // A directory that lies small about its entries is caught by whoever unpacks it, with a limit.
    isBomb:
      isCut ||
      unpacked > bombSize ||
      (unpacked > bombFloor && unpacked > bombRatio * Math.max(1, bytes.length)),
  };
}

const utf16 = (text: string) => Buffer.from(text, 'utf16le');

const compoundFormats: readonly (readonly [FileFormat, ...string[]])[] = [
  ['hwp', 'FileHeader', 'DocInfo'],
  ['xls', 'Workbook'],
  ['xls', 'Book\0'],
  ['doc', 'WordDocument'],
  ['ppt', 'PowerPoint Document'],
];

/** Compound files: the streams of a document give it away. */
function inspectCompound(bytes: Buffer): Inspected {
  const has = (name: string) => bytes.includes(utf16(name));
  const [format] = compoundFormats.find(([, ...streams]) => streams.every(has)) ?? ['cfb'];
  const isInstaller = format === 'cfb' && bytes.includes('Windows Installer');
  return {
    format: isInstaller ? 'msi' : format,
    isEncrypted: has('EncryptedPackage') || has('EncryptedSummary'),
    hasCode: isInstaller || has('_VBA_PROJECT') || has('DefaultJScript'),
    isBomb: false,
  };
}

function inspectPdf(bytes: Buffer): Inspected {
  return {
    format: 'pdf',
    isEncrypted: /\/Encrypt\s*(\d+\s+\d+\s+R|<<)/.test(bytes.toString('latin1')),
    hasCode: bytes.includes('/JavaScript') || bytes.includes('/Launch') || bytes.includes('/EmbeddedFile'),
    isBomb: false,
  };
}

const heicBrands = /^(heic|heix|hevc|hevx|heim|heis|mif1|msf1|avif)$/;
const machoHeads = [0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe];

function binaryFormat(bytes: Buffer): FileFormat | null {
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return 'jpg';
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (/^GIF8[79]a/.test(ascii(bytes, 0, 6))) return 'gif';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'webp';
  if (ascii(bytes, 4, 8) === 'ftyp' && heicBrands.test(ascii(bytes, 8, 12))) return 'heic';
  if (ascii(bytes, 0, 4) === 'Rar!') return 'rar';
  if (startsWith(bytes, 0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c)) return '7z';
  if (startsWith(bytes, 0x1f, 0x8b)) return 'gz';
  if (startsWith(bytes, 0x7f, 0x45, 0x4c, 0x46)) return 'elf';
  if (startsWith(bytes, 0x4c, 0, 0, 0, 0x01, 0x14, 0x02)) return 'lnk';
  if (startsWith(bytes, 0x49, 0x49, 0x2a, 0) || startsWith(bytes, 0x4d, 0x4d, 0, 0x2a)) return 'tiff';
  if (bytes.length >= 4 && machoHeads.includes(bytes.readUInt32BE(0))) return 'macho';
  // The same four bytes begin Java classes and universal Mac programs; both run.
  if (startsWith(bytes, 0xca, 0xfe, 0xba, 0xbe)) return 'class';
  // A text may begin with MZ (MZ세대); a program has zero bytes in its header.
  if (ascii(bytes, 0, 2) === 'MZ' && bytes.subarray(0, 64).includes(0)) return 'exe';
  if (ascii(bytes, 0, 2) === 'BM' && bytes.length > 26 && bytes.subarray(6, 10).every((byte) => byte === 0))
    return 'bmp';
  return null;
}

const headerLine =
  /^(Received|Return-Path|From|To|Subject|MIME-Version|Message-ID|Delivered-To|Date|X-[\w-]+): /i;

function textFormat(bytes: Buffer): FileFormat | null {
  const head = bytes.subarray(0, 2_048);
  const utf16Text = startsWith(head, 0xff, 0xfe) || startsWith(head, 0xfe, 0xff);
  if (head.includes(0) && !utf16Text) return null;
  const text = (startsWith(head, 0xff, 0xfe) ? head.toString('utf16le') : head.toString('utf8'))
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (/^#!|^<\?php|^@echo\s|^(powershell|cmd\.exe)\b|^<job\b|^on error resume next/i.test(text))
    return 'script';
  if (/^{\\rtf/.test(text)) return 'rtf';
  if (/<svg[\s>]/i.test(text) && /^(<\?xml|<!--|<!doctype|<svg)/i.test(text)) return 'svg';
  if (/^(<!doctype html|<html|<head|<body|<script|<iframe|<meta)/i.test(text) || /<script[\s>]/i.test(text))
    return 'html';
  if (headerLine.test(text) && /\n[\w-]+: /.test(text)) return 'eml';
  return 'text';
}

const plain = (format: FileFormat): Inspected => ({
  format,
  isEncrypted: false,
  hasCode: false,
  isBomb: false,
});

/** What a file is and what is dangerous about it. Never throws. */
export function inspect(bytes: Buffer): Inspected {
  if (bytes.length === 0) return plain('empty');
  const binary = binaryFormat(bytes);
  if (binary) return plain(binary);
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0x50, 0x4b, 0x05, 0x06))
    return inspectZip(bytes);
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) return inspectCompound(bytes);
  // Readers take a PDF whose header stands within the first kilobyte.
  if (bytes.subarray(0, 1_024).includes('%PDF-')) return inspectPdf(bytes);
  return plain(textFormat(bytes) ?? 'unknown');
}
