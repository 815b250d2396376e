import fc from 'fast-check';
import { fieldsIn, integers, methodNames, parts } from './protos.ts';

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = BigInt.asUintN(64, value); ; rest >>= 7n) {
    if (rest < 0x80n) return [...bytes, Number(rest)];
    bytes.push(Number(rest & 0x7fn) | 0x80);
  }
}

const tag = (id: number, kind: number) => varint(BigInt((id << 3) | kind));
const fieldId = fc.integer({ min: 1, max: 1_000 });
const numeric = fc.record({ id: fieldId, value: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }) });
const binary = fc.record({ id: fieldId, value: fc.uint8Array({ maxLength: 300 }) });

describe('messages on the wire', () => {
  it('are read field by field, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(numeric, binary)), (fields) => {
        const bytes = fields.flatMap(({ id, value }) =>
          typeof value === 'number'
            ? [...tag(id, 0), ...varint(BigInt(value))]
            : [...tag(id, 2), ...varint(BigInt(value.length)), ...value],
        );
        expect(fieldsIn(Uint8Array.from(bytes))).toEqual(fields);
      }),
    );
  });

  it('may hold fixed-width fields, which are stepped over', () => {
    const bytes = Uint8Array.from([
      ...tag(1, 1),
      ...Array(8).fill(1),
      ...tag(2, 5),
      ...Array(4).fill(2),
      ...tag(3, 0),
      7,
    ]);
    expect(fieldsIn(bytes).map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  it.each([
    ['a varint', [0x08, 0x80]],
    ['bytes', [0x0a, 5, 1]],
    ['a field of an unknown kind', [0x0b]],
  ])('are refused when cut off inside %s', (_what, bytes) =>
    expect(() => fieldsIn(Uint8Array.from(bytes))).toThrow(),
  );

  it('give repeated integers, packed or not', () => {
    expect(integers(Uint8Array.from([0x12, 2, 1, 2]), 'TargetChange', 'targetIds')).toEqual([1, 2]);
    expect(integers(Uint8Array.from([0x10, 1, 0x10, 2]), 'TargetChange', 'targetIds')).toEqual([1, 2]);
  });

  it('are asked only for fields that the protos have', () =>
    expect(() => parts(new Uint8Array(), 'Write', 'none')).toThrow('no none in Write'));
});

it('the protos describe the service', () =>
  expect(methodNames()).toEqual(expect.arrayContaining(['BatchGetDocuments', 'Commit', 'Listen', 'Write'])));
