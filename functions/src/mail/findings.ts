/** What a message is found to say, within bounds, and redacted: nothing gets out of a message but through here. */
import { redact, redactRows } from '../kernel/redact.ts';
import { decodeText } from './charset.ts';
import type { Block, Source, WarningCode } from './message.ts';
import type { Piece } from './quoting.ts';

const maxFiles = 50;
export const maxText = 200_000;
/** Bytes of text and HTML looked at in one message. */
export const maxSource = 1_500_000;
const maxUnpacked = 50 * 1024 * 1024;

export interface GatheredFile {
  readonly fileName: string;
  readonly contentType: string;
  readonly content: Buffer;
  readonly contentId: string | null;
  /** Shown in the letter by the way it is packed, whether or not its HTML says so. */
  readonly related: boolean;
}

/** What has been found so far, over all levels of one message. */
export class Findings {
  readonly warnings = new Set<WarningCode>();
  readonly blocks: Block[] = [];
  readonly files: GatheredFile[] = [];
  readonly cids = new Set<string>();
  unpackable = maxUnpacked;
  private source = maxSource;
  private text = maxText;

  clean(text: string): string {
    const redacted = redact(tidied(text));
    for (const kind of redacted.found) this.warnings.add(`${kind}_REDACTED`);
    return redacted.text;
  }

  decode(bytes: Buffer, charset: string | null): string {
    const { text, guessed } = decodeText(bytes, charset);
    if (guessed) this.warnings.add('CHARSET_GUESSED');
    return text;
  }

  /** The first `most` bytes, as far as the message's share of text goes; never cut inside a character. */
  share(bytes: Buffer, most: number): Buffer {
    let end = Math.min(bytes.length, most, this.source);
    if (end < bytes.length) {
      this.warnings.add('TEXT_CUT');
      while (end > 0 && (bytes[end - 1] ?? 0) >= 0x80) end -= 1;
    }
    this.source -= end;
    return bytes.subarray(0, end);
  }

  private fits(length: number): boolean {
    if (length > this.text) this.warnings.add('TEXT_CUT');
    return length <= this.text;
  }

  addText(source: Source, written: string): void {
    const text = this.clean(written.replace(/\n{3,}/g, '\n\n')).trim();
    if (text === '' || this.text <= 0) return;
    const kept = this.fits(text.length) ? text : text.slice(0, this.text);
    this.text -= kept.length;
    this.blocks.push({ kind: 'text', source, text: kept });
  }

  addTable(source: Source, name: string, written: readonly (readonly string[])[]): void {
    const { rows, found } = redactRows(written.map((row) => row.map((cell) => tidied(cell).trim())));
    for (const kind of found) this.warnings.add(`${kind}_REDACTED`);
    const kept: string[][] = [];
    for (const row of rows) {
      const length = row.reduce((sum, cell) => sum + cell.length, 0);
      if (!this.fits(length)) break;
      this.text -= length;
      kept.push(row);
    }
    if (kept.length > 0) this.blocks.push({ kind: 'table', source, name: this.clean(name), rows: kept });
  }

  addPieces(source: Source, pieces: readonly Piece[]): void {
    let lines: string[] = [];
    const flush = () => {
      this.addText(source, lines.join('\n'));
      lines = [];
    };
    for (const piece of pieces) {
      if (piece.kind === 'line') lines.push(piece.text);
      else {
        flush();
        this.addTable(source, '', piece.rows);
      }
    }
    flush();
  }

  addFile(file: GatheredFile): void {
    if (file.content.length === 0) this.warnings.add('UNREADABLE_ATTACHMENT');
    else if (this.files.length >= maxFiles) this.warnings.add('TOO_MANY_FILES');
    else this.files.push(file);
  }

  get isFull(): boolean {
    return this.files.length >= maxFiles;
  }
}

/** NFC, without characters that cannot be seen but split words, and with plain spaces. */
export function tidied(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[^\P{Cc}\t\n\r]/gu, '')
    .replace(/[\u00A0\u2000-\u200A\u202F\u205F\u3000\u3164]/g, ' ');
}
