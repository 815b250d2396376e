/**
 * Messages as bytes, made the way mail programs make them, well or badly: every helper gives one habit a name. Header
 * values are latin1 strings, one character a byte, so that raw CP949 can stand in them.
 */
import { crc32, deflateRawSync } from 'node:zlib';
import iconv from 'iconv-lite';

export interface Part {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

export type TransferEncoding = 'base64' | 'quoted-printable' | '8bit';

/** Text in a charset; `iso-2022-kr` with its shifts. */
export function encodeText(text: string, charset: string): Buffer {
  if (!/2022-?kr/i.test(charset))
    return iconv.encode(text, /5601|euc-?kr|949/i.test(charset) ? 'cp949' : charset);
  const shifted = text.replace(/[^\p{ASCII}]+/gu, (run) => {
    const bytes = iconv.encode(run, 'cp949').map((byte) => byte & 0x7f);
    return `\x0e${Buffer.from(bytes).toString('latin1')}\x0f`;
  });
  return Buffer.from(`\x1b$)C\n${shifted}`, 'latin1');
}

export const rawHeader = (text: string, charset = 'utf-8'): string =>
  encodeText(text, charset).toString('latin1');

const lines = (text: string, length: number): string =>
  (text.match(new RegExp(`.{1,${length}}`, 'g')) ?? []).join('\r\n');

function quotedPrintable(bytes: Buffer): string {
  const encoded = [...bytes].map((byte) => {
    const isPlain = (byte >= 0x20 && byte <= 0x7e && byte !== 0x3d) || byte === 0x0a || byte === 0x0d;
    return isPlain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  });
  let column = 0;
  return encoded
    .map((unit) => {
      column = unit === '\n' ? 0 : column + unit.length;
      if (column <= 72) return unit;
      column = unit.length;
      return `=\r\n${unit}`;
    })
    .join('');
}

export function transferred(bytes: Buffer, encoding: TransferEncoding): Buffer {
  if (encoding === '8bit') return bytes;
  const text = encoding === 'base64' ? lines(bytes.toString('base64'), 76) : quotedPrintable(bytes);
  return Buffer.from(text, 'latin1');
}

export interface WordHabit {
  readonly charset?: string;
  readonly encoding?: 'B' | 'Q';
  /** Bytes in one word; characters are cut wherever that falls. */
  readonly every?: number;
  readonly between?: string;
}

/** RFC 2047 words. */
export function words(
  text: string,
  { charset = 'utf-8', encoding = 'B', every = 30, between = '\r\n ' }: WordHabit = {},
): string {
  const bytes = encodeText(text, charset);
  const pieces = Array.from({ length: Math.ceil(bytes.length / every) }, (_, index) =>
    bytes.subarray(index * every, (index + 1) * every),
  );
  const inside = (piece: Buffer) =>
    encoding === 'B'
      ? piece.toString('base64')
      : [...piece]
          .map((byte) => (byte === 0x20 ? '_' : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`))
          .join('');
  return pieces.map((piece) => `=?${charset}?${encoding}?${inside(piece)}?=`).join(between);
}

const percent = (bytes: Buffer): string =>
  [...bytes].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');

/** How programs write a file name into Content-Disposition, or only into Content-Type. */
export const nameHabits = {
  rfc2231: (name: string) => `; filename*=UTF-8''${percent(Buffer.from(name))}`,
  rfc2231InPieces: (name: string) =>
    [...name]
      .map(
        (character, index) =>
          `;\r\n filename*${index}*=${index === 0 ? "UTF-8''" : ''}${percent(Buffer.from(character))}`,
      )
      .join(''),
  rfc2231Cp949: (name: string) => `; filename*=euc-kr'ko'${percent(encodeText(name, 'cp949'))}`,
  rfc2047: (name: string) => `; filename="${words(name, { every: 7 })}"`,
  rfc2047Cp949: (name: string) => `; filename="${words(name, { charset: 'ks_c_5601-1987', every: 7 })}"`,
  rfc2047Q: (name: string) => `; filename="${words(name, { encoding: 'Q', every: 8, between: ' ' })}"`,
  rfc2047Unquoted: (name: string) => `; filename=${words(name, { charset: 'euc-kr', every: 300 })}`,
  rawUtf8: (name: string) => `; filename="${rawHeader(name)}"`,
  rawCp949: (name: string) => `; filename="${rawHeader(name, 'cp949')}"`,
  rawUnquoted: (name: string) => `; filename=${rawHeader(name, 'cp949')}`,
  percentEncoded: (name: string) => `; filename="${encodeURIComponent(name)}"`,
  entities: (name: string) =>
    `; filename="${[...name].map((c) => (c > '~' ? `&#${c.codePointAt(0)};` : c)).join('')}"`,
  bothForms: (name: string) => `; filename="????.pdf"; filename*=UTF-8''${percent(Buffer.from(name))}`,
  nfd: (name: string) => `; filename*=UTF-8''${percent(Buffer.from(name.normalize('NFD')))}`,
  withFolder: (name: string) => `; filename="${rawHeader(`C:\\서류\\${name}`, 'cp949')}"`,
} as const;
export type NameHabit = keyof typeof nameHabits;

export interface TextHabit {
  readonly charset?: string;
  /** As declared; null: not at all. */
  readonly declared?: string | null;
  readonly encoding?: TransferEncoding;
  readonly subtype?: string;
  readonly parameters?: string;
}

export function text(
  content: string,
  {
    charset = 'utf-8',
    declared = charset,
    encoding = 'base64',
    subtype = 'plain',
    parameters = '',
  }: TextHabit = {},
): Part {
  const declaration = declared === null ? '' : `; charset=${declared}`;
  return {
    headers: [
      ['Content-Type', `text/${subtype}${declaration}${parameters}`],
      ['Content-Transfer-Encoding', encoding],
    ],
    body: transferred(encodeText(content, charset), encoding),
  };
}
export const html = (content: string, habit: TextHabit = {}): Part =>
  text(content, { ...habit, subtype: 'html' });

export interface FileHabit {
  readonly type?: string;
  readonly naming?: NameHabit;
  readonly disposition?: 'attachment' | 'inline';
  readonly cid?: string;
}

export function file(
  name: string,
  content: Buffer,
  { type = 'application/octet-stream', naming = 'rfc2231', disposition = 'attachment', cid }: FileHabit = {},
): Part {
  return {
    headers: [
      ['Content-Type', type],
      ['Content-Transfer-Encoding', 'base64'],
      ['Content-Disposition', `${disposition}${nameHabits[naming](name)}`],
      ...(cid ? [['Content-ID', `<${cid}>`] as const] : []),
    ],
    body: transferred(content, 'base64'),
  };
}

const bytesOf = ({ headers, body }: Part): Buffer =>
  Buffer.concat([
    Buffer.from(`${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`, 'latin1'),
    body,
  ]);

/** Named by what stands in it, so that the same parts make the same bytes. */
export function multipart(subtype: string, ...parts: readonly Part[]): Part {
  const boundary = `----=_Part_${crc32(Buffer.concat(parts.map(bytesOf))).toString(16)}`;
  const sections = parts.flatMap((part) => [
    Buffer.from(`--${boundary}\r\n`),
    bytesOf(part),
    Buffer.from('\r\n'),
  ]);
  return {
    headers: [['Content-Type', `multipart/${subtype}; boundary="${boundary}"`]],
    body: Buffer.concat([...sections, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

/** A whole message as an attachment of another. */
export const attachedMail = (raw: Buffer): Part => ({
  headers: [['Content-Type', 'message/rfc822']],
  body: raw,
});

/** A message. Headers given replace the usual ones of that name; an empty value leaves the header out. */
export function mail(subject: string, part: Part, headers: Readonly<Record<string, string>> = {}): Buffer {
  const usual: Record<string, string> = {
    From: `${words('라온뷰티샾의원')} <desk@raon.example>`,
    To: 'regist@drpitch.example',
    Subject: words(subject),
    Date: 'Mon, 16 Nov 2026 11:02:31 +0900 (KST)',
    'Message-ID': '<one@raon.example>',
    'MIME-Version': '1.0',
  };
  const all = Object.entries({ ...usual, ...headers }).filter(([, value]) => value !== '');
  return bytesOf({ headers: [...all, ...part.headers], body: part.body });
}

export interface ZipFile {
  readonly name: string;
  readonly content: Buffer;
  /** What the directory says its size is, when that is to be a lie. */
  readonly claimed?: number;
}

export function zip(files: readonly ZipFile[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, claimed = content.length } of files) {
    const packed = deflateRawSync(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claimed, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, tail, Buffer.from(name));
    locals.push(local);
    offset += local.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(listing.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, listing, Buffer.from('PK\x05\x06'), end]);
}

/** A formula with the value it had when the sheet was saved. */
export interface Formula {
  readonly formula: string;
  readonly value: number;
}
type Cell = string | number | Date | Formula | null;
export interface SheetContent {
  readonly name: string;
  /** Dates as `Date`; numbers stay plain numbers, days as serials too. */
  readonly rows: readonly (readonly Cell[])[];
  readonly merges?: readonly string[];
}

const xmlEscaped = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const columnName = (x: number): string => String.fromCharCode(65 + x);

function cellXml(value: Cell, x: number, y: number): string {
  const reference = `r="${columnName(x)}${y + 1}"`;
  if (value === null) return '';
  if (typeof value === 'number') return `<c ${reference}><v>${value}</v></c>`;
  if (typeof value === 'string')
    return `<c ${reference} t="inlineStr"><is><t>${xmlEscaped(value)}</t></is></c>`;
  if (!(value instanceof Date))
    return `<c ${reference}><f>${xmlEscaped(value.formula)}</f><v>${value.value}</v></c>`;
  return `<c ${reference} s="1"><v>${value.getTime() / 86_400_000 + 25_569}</v></c>`;
}

/** An .xlsx workbook. */
export function xlsx(...sheets: readonly SheetContent[]): Buffer {
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const types = 'http://schemas.openxmlformats.org/package/2006/content-types';
  const vnd = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const each = (one: (sheet: SheetContent, number: number) => string) =>
    sheets.map((sheet, index) => one(sheet, index + 1)).join('');
  const parts: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="${types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${vnd}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${vnd}.styles+xml"/>${each((_, n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${vnd}.worksheet+xml"/>`)}</Types>`,
    '_rels/.rels': `<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${each(({ name }, n) => `<sheet name="${xmlEscaped(name)}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${relations}">${each((_, n) => `<Relationship Id="rId${n}" Type="${office}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}<Relationship Id="rId99" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
  };
  for (const [index, { rows, merges = [] }] of sheets.entries()) {
    const data = rows
      .map((row, y) => `<row r="${y + 1}">${row.map((value, x) => cellXml(value, x, y)).join('')}</row>`)
      .join('');
    const merged =
      merges.length > 0
        ? `<mergeCells>${merges.map((range) => `<mergeCell ref="${range}"/>`).join('')}</mergeCells>`
        : '';
    parts[`xl/worksheets/sheet${index + 1}.xml`] =
      `<worksheet xmlns="${main}"><sheetData>${data}</sheetData>${merged}</worksheet>`;
  }
  return zip(
    Object.entries(parts).map(([name, content]) => ({ name, content: Buffer.from(head + content) })),
  );
}

/** A winmail.dat with attachments whose titles are in CP949, as Korean Outlook makes it. */
export function winmail(
  files: readonly { readonly title: string; readonly longName?: string; readonly content: Buffer }[],
): Buffer {
  const attribute = (level: number, id: number, type: number, data: Buffer): Buffer => {
    const head = Buffer.alloc(9);
    head.writeUInt8(level, 0);
    head.writeUInt16LE(id, 1);
    head.writeUInt16LE(type, 3);
    head.writeUInt32LE(data.length, 5);
    return Buffer.concat([head, data, Buffer.alloc(2)]);
  };
  const longNameProperty = (name: string): Buffer => {
    const value = Buffer.from(`${name}\0`, 'utf16le');
    const head = Buffer.from([1, 0, 0, 0, 0x1f, 0x00, 0x07, 0x37, 1, 0, 0, 0, 0, 0, 0, 0]);
    head.writeUInt32LE(value.length, 12);
    return Buffer.concat([head, value]);
  };
  const inside = files.flatMap(({ title, longName, content }) => [
    attribute(2, 0x9002, 6, Buffer.alloc(14)),
    attribute(2, 0x8010, 1, Buffer.concat([encodeText(title, 'cp949'), Buffer.alloc(1)])),
    ...(longName ? [attribute(2, 0x9005, 6, longNameProperty(longName))] : []),
    attribute(2, 0x800f, 6, content),
  ]);
  return Buffer.concat([
    Buffer.from([0x78, 0x9f, 0x3e, 0x22, 1, 0]),
    attribute(1, 0x9006, 8, Buffer.from([0, 0, 1, 0])),
    ...inside,
  ]);
}
