import fc from 'fast-check';
import { zip } from '../../test/mail/build.ts';
import { unzipped, zipDirectory } from './zip.ts';

const file = (name: string, content = `content of ${name}`) => ({ name, content: Buffer.from(content) });

it('lists what a zip holds, and hands it out', () => {
  const bytes = zip([file('가.txt'), file('b/c.xml', 'x'.repeat(10_000))]);
  const { entries = [], isCut } = zipDirectory(bytes) ?? {};
  expect([entries.map(({ name, size }) => [name, size]), isCut]).toEqual([
    [
      ['가.txt', 18],
      ['b/c.xml', 10_000],
    ],
    false,
  ]);
  expect(entries.map((entry) => unzipped(bytes, entry)?.toString().slice(0, 10))).toEqual([
    'content of',
    'xxxxxxxxxx',
  ]);
});

it('hands out nothing that is larger than was claimed', () => {
  const bytes = zip([{ ...file('a', 'x'.repeat(10_000)), claimed: 100 }]);
  expect(zipDirectory(bytes)?.entries.map((entry) => unzipped(bytes, entry))).toEqual([null]);
});

it('lists five thousand entries and says that there are more', () => {
  const many = (count: number) =>
    zipDirectory(zip(Array.from({ length: count }, (_, at) => file(`${at}`, ''))));
  expect(many(5_000)).toMatchObject({ isCut: false });
  expect(many(5_001)?.isCut).toBe(true);
  expect(many(5_001)?.entries).toHaveLength(5_000);
});

it('makes nothing of what is damaged, and never throws', () => {
  const bytes = zip([file('a'), file('b')]);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.nat(bytes.length), (at, value, length) => {
      const damaged = Buffer.from(bytes.subarray(0, length));
      if (at < damaged.length) damaged[at] = value;
      for (const entry of zipDirectory(damaged)?.entries ?? []) unzipped(damaged, entry);
    }),
    { numRuns: 500 },
  );
  expect(zipDirectory(bytes.subarray(0, -1))).toBeNull();
});
