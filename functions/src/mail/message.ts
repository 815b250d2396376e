/** A message as the rest of registration sees it: what its author says, and the files. Nothing of MIME is left. */

/** Where a piece of a message stood: decides how far what it says is believed. */
export type Source = 'subject' | 'body' | 'forwarded' | 'sheet' | 'attachedText';

/** A run of lines the author wrote (quoted history, signatures and hidden text are already gone). */
export interface TextBlock {
  readonly kind: 'text';
  readonly source: Source;
  readonly text: string;
}

/**
 * Rows of cells of an HTML table or of a spreadsheet; rowspan and colspan (merged cells) are resolved by repetition.
 * A label cell and its value cell stand beside each other in form-like tables; list-like ones have a header row.
 * Sheet cells that are dates come as `YYYY-MM-DD`, numbers without thousand separators.
 */
export interface TableBlock {
  readonly kind: 'table';
  readonly source: Source;
  /** Of a spreadsheet, `file / sheet`; of an HTML table, empty. */
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}
export type Block = TextBlock | TableBlock;

export interface MessageFile {
  /** NFC, redacted. */
  readonly fileName: string;
  /** As declared. */
  readonly contentType: string;
  /** Part of how the letter looks (a logo), not something handed in. */
  readonly inline: boolean;
  readonly content: Buffer;
  readonly sha256: string;
}

export interface Authentication {
  /** Whose word it is: a mail provider, a server of ours by its authserv-id, `self`. Null: nobody's. */
  readonly server: string | null;
  readonly spf: string | null;
  /** Domains whose signature passed. */
  readonly dkim: readonly string[];
  readonly dmarc: string | null;
}

export const warningCodes = [
  'RRN_REDACTED',
  'CARD_REDACTED',
  'HIDDEN_TEXT',
  'CHARSET_GUESSED',
  'TOO_MANY_FILES',
  'TOO_MANY_PARTS',
  'TEXT_CUT',
  'HTML_SIMPLIFIED',
  'SHEET_TOO_BIG',
  'UNSUPPORTED_SHEET',
  'UNOPENED_ARCHIVE',
  'WINMAIL_UNPACKED',
  'LINKED_FILES',
  'UNREADABLE_ATTACHMENT',
  'SEVERAL_SENDERS',
] as const;
export type WarningCode = (typeof warningCodes)[number];

export interface Message {
  /** NFC, redacted, at most 300 characters. */
  readonly subject: string;
  readonly from: { readonly address: string; readonly name: string } | null;
  readonly replyTo: string | null;
  /** To and Cc. */
  readonly to: readonly string[];
  /** With its angle brackets. */
  readonly messageId: string | null;
  /** In-Reply-To and References, with angle brackets. */
  readonly inReplyTo: readonly string[];
  /** Milliseconds, as the sender dates it. */
  readonly sentAt: number | null;
  /** Machines, lists and bounces: never answered. */
  readonly automatic: 'auto' | 'bulk' | 'bounce' | null;
  /** Nobody's word as long as the sender has not been proven (proof.ts): what the message says of itself is no proof. */
  readonly authentication: Authentication;
  /** Sender of the innermost forwarded message, when the mail forwards one. */
  readonly forwardedFrom: string | null;
  readonly blocks: readonly Block[];
  readonly files: readonly MessageFile[];
  readonly warnings: readonly WarningCode[];
}
