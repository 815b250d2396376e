/** What a mail consists of once its bytes have been read: the interface between reading and understanding. */

/** Where a piece of a message stood: decides how far what it says is believed. */
export type Source = 'subject' | 'body' | 'forwarded' | 'sheet' | 'attachedText';

/** A run of lines the author wrote (quoted history, signatures and hidden text are already gone). */
export interface TextBlock {
  readonly kind: 'text';
  readonly source: Source;
  readonly text: string;
}

/**
 * Rows of cells of an HTML table or of a spreadsheet (rowspan/colspan resolved by repetition). A label cell and its
 * value cell stand beside each other in form-like tables; list-like ones have a header row. Cells are plain text;
 * sheet cells that are dates come as `YYYY-MM-DD`, numbers as written without thousand separators.
 */
export interface TableBlock {
  readonly kind: 'table';
  readonly source: Source;
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

export type Block = TextBlock | TableBlock;

export interface MessageFile {
  /** NFC, redacted. */
  readonly fileName: string;
  /** As declared. */
  readonly contentType: string;
  /** Referred to by the HTML body (cid:), e.g. a logo. */
  readonly inline: boolean;
  readonly content: Buffer;
  readonly sha256: string;
}

export interface Message {
  /** NFC, redacted. */
  readonly subject: string;
  readonly from: { readonly address: string; readonly name: string } | null;
  readonly replyTo: string | null;
  readonly to: readonly string[];
  readonly messageId: string | null;
  /** In-Reply-To and References. */
  readonly inReplyTo: readonly string[];
  /** Milliseconds. */
  readonly sentAt: number | null;
  /** Machines, lists and bounces: never answered. */
  readonly automatic: 'auto' | 'bulk' | 'bounce' | null;
  /** Authentication-Results of our receiving provider, when there are any. */
  readonly authentication: {
    readonly spf: string | null;
    readonly dkim: readonly string[];
    readonly dmarc: string | null;
  };
  /** Sender of the innermost forwarded message, when the mail forwards one. */
  readonly forwardedFrom: string | null;
  readonly blocks: readonly Block[];
  readonly files: readonly MessageFile[];
  /**
   * Stable codes: RRN_REDACTED, CARD_REDACTED, HIDDEN_TEXT, CHARSET_GUESSED, TOO_MANY_FILES, SHEET_TOO_BIG,
   * WINMAIL_UNPACKED, LINKED_FILES, UNREADABLE_ATTACHMENT …
   */
  readonly warnings: readonly string[];
}
