/** Ways in which bytes of a message arrive damaged, for properties over them. */
import fc from 'fast-check';

export type Damage = (raw: Buffer) => Buffer;

const at = (raw: Buffer, share: number): number => Math.min(raw.length - 1, Math.floor(share * raw.length));
const share = () => fc.double({ min: 0, max: 1, noNaN: true });

const flipped = fc.array(fc.tuple(share(), fc.nat(255)), { minLength: 1, maxLength: 40 }).map(
  (flips): Damage =>
    (raw) => {
      const copy = Buffer.from(raw);
      for (const [where, byte] of flips) copy[at(raw, where)] = byte;
      return copy;
    },
);
const truncated = share().map(
  (where): Damage =>
    (raw) =>
      raw.subarray(0, at(raw, where)),
);
const removed = fc.tuple(share(), share()).map(
  ([from, to]): Damage =>
    (raw) => {
      const [start, end] = [at(raw, Math.min(from, to)), at(raw, Math.max(from, to))];
      return Buffer.concat([raw.subarray(0, start), raw.subarray(end)]);
    },
);
const doubled = fc.tuple(share(), share()).map(
  ([from, to]): Damage =>
    (raw) =>
      Buffer.concat([raw, raw.subarray(at(raw, Math.min(from, to)), at(raw, Math.max(from, to)))]),
);
const swappedLines = fc.array(fc.tuple(share(), share()), { minLength: 1, maxLength: 30 }).map(
  (swaps): Damage =>
    (raw) => {
      const lines = raw.toString('latin1').split('\n');
      for (const [a, b] of swaps) {
        const [i, j] = [Math.floor(a * (lines.length - 1)), Math.floor(b * (lines.length - 1))];
        [lines[i], lines[j]] = [lines[j] ?? '', lines[i] ?? ''];
      }
      return Buffer.from(lines.join('\n'), 'latin1');
    },
);
const inserted = fc
  .tuple(
    share(),
    fc.constantFrom(
      '\r\n\r\n',
      '--',
      '=?utf-8?B?',
      '"',
      '\0',
      '<table><tr><td rowspan=9>',
      '\x1b$)C\x0e',
      'Content-Type: multipart/mixed\r\n',
      '> ',
      '<!--',
    ),
  )
  .map(
    ([where, what]): Damage =>
      (raw) =>
        Buffer.concat([
          raw.subarray(0, at(raw, where)),
          Buffer.from(what, 'latin1'),
          raw.subarray(at(raw, where)),
        ]),
  );

const charsetLabel = /charset\s*=\s*"?[\w-]+"?|=\?[\w-]+\?/gi;
const relabelled = fc
  .constantFrom('utf-8', 'euc-kr', 'iso-2022-kr', 'utf-16', 'utf-7', 'gb18030', 'us-ascii', 'x-nothing', '')
  .map(
    (charset): Damage =>
      (raw) =>
        Buffer.from(
          raw
            .toString('latin1')
            .replace(charsetLabel, (label) =>
              label.startsWith('=?') ? `=?${charset}?` : `charset=${charset}`,
            ),
          'latin1',
        ),
  );
const unfolded = fc.constantFrom('\r\n', '\n', '\r', ' ', '').map(
  (ending): Damage =>
    (raw) =>
      Buffer.from(raw.toString('latin1').replace(/\r\n[ \t]/g, ending), 'latin1'),
);
/** Boundaries lost (none left, or none of every other one) or said twice. */
const boundaries = fc.constantFrom(0, 1, 2).map(
  (times): Damage =>
    (raw) => {
      let seen = 0;
      const lines = raw
        .toString('latin1')
        .split('\n')
        .flatMap((line) => {
          if (!line.startsWith('--')) return [line];
          seen += 1;
          return Array.from({ length: times === 1 ? seen % 2 : times }, () => line);
        });
      return Buffer.from(lines.join('\n'), 'latin1');
    },
);
/** The parts between boundaries in another order. */
const reordered = fc.infiniteStream(fc.nat()).map(
  (order): Damage =>
    (raw) => {
      const [head = '', ...parts] = raw.toString('latin1').split(/(?=^--[^\n]*\n)/m);
      const keyed = parts.map((part) => [order.next().value ?? 0, part] as const);
      const shuffled = keyed.sort(([a], [b]) => a - b).map(([, part]) => part);
      return Buffer.from(head + shuffled.join(''), 'latin1');
    },
);
const hugeLine = fc
  .tuple(
    share(),
    fc.constantFrom('가:', 'a ', '1,', '<td>', '전화:02-555-0101 ', '\0', '~', '(', '800101-1234567 '),
    fc.integer({ min: 1, max: 40_000 }),
  )
  .map(
    ([where, what, times]): Damage =>
      (raw) =>
        Buffer.concat([
          raw.subarray(0, at(raw, where)),
          Buffer.from(what.repeat(times)),
          raw.subarray(at(raw, where)),
        ]),
  );
const zeros = fc.tuple(share(), fc.integer({ min: 1, max: 2_000 })).map(
  ([where, length]): Damage =>
    (raw) => {
      const copy = Buffer.from(raw);
      copy.subarray(at(raw, where), at(raw, where) + length).fill(0);
      return copy;
    },
);

/** The first part of one message and the last of another. */
export const spliced = fc.tuple(share(), share()).map(
  ([first, last]) =>
    (one: Buffer, other: Buffer): Buffer =>
      Buffer.concat([one.subarray(0, at(one, first)), other.subarray(at(other, last))]),
);

const kinds = [
  ...[flipped, truncated, removed, doubled, swappedLines, inserted],
  ...[relabelled, unfolded, boundaries, reordered, hugeLine, zeros],
];
export const damages: fc.Arbitrary<Damage> = fc
  .array(fc.oneof(...kinds), {
    minLength: 1,
    maxLength: 4,
  })
  .map(
    (all): Damage =>
      (raw) =>
        all.reduce((bytes, damage) => (bytes.length > 1 ? damage(bytes) : bytes), raw),
  );
