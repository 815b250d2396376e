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

export const damages: fc.Arbitrary<Damage> = fc
  .array(fc.oneof(flipped, truncated, removed, doubled, swappedLines, inserted), {
    minLength: 1,
    maxLength: 4,
  })
  .map(
    (all): Damage =>
      (raw) =>
        all.reduce((bytes, damage) => (bytes.length > 1 ? damage(bytes) : bytes), raw),
  );
