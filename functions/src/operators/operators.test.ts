import fc from 'fast-check';
import { maskedValue, readContact, readMemberPhone, readQuery, withProblems } from './operators.ts';
import { editUserInput } from './schema.ts';

const fullWidth = (text: string) =>
  text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));

/** A mobile number in one of the ways Koreans write it. */
const spelled = fc
  .record({
    middle: fc.integer({ min: 2000, max: 9999 }).map(String),
    last: fc.integer({ min: 0, max: 9999 }).map((n) => String(n).padStart(4, '0')),
    head: fc.constantFrom(
      '010',
      '(010)',
      '+82 10',
      '+82-10',
      '+8210',
      '82 10',
      '+82 (0)10',
      '+82 010',
      '0082 10',
      '00-82-10',
      'tel:010',
    ),
    between: fc.constantFrom('-', '', ' ', '.', '–', '‑', '－', ' - ', '·', 'ㅡ', '/'),
    around: fc.constantFrom('', ' ', '\u3000'),
    wide: fc.boolean(),
  })
  .map(({ middle, last, head, between, around, wide }) => {
    const text = `${around}${[head, middle, last].join(between)}${around}`;
    return { text: wide && !head.startsWith('tel') ? fullWidth(text) : text, e164: `+8210${middle}${last}` };
  });

describe('what an operator looks for', () => {
  it('is one number however it is spelled', () => {
    fc.assert(
      fc.property(spelled, ({ text, e164 }) => {
        expect(readQuery(text)).toEqual({ kind: 'phone', phone: e164 });
      }),
      { numRuns: 500 },
    );
  });
  it.each([
    [' Minji@Mail.Example ', { kind: 'email', email: 'minji@mail.example' }],
    ['ｍｉｎｊｉ＠mail.example', { kind: 'email', email: 'minji@mail.example' }],
    ['kakao:9000000001', { kind: 'uid', uid: 'kakao:9000000001' }],
    ['kakao:01012345678', { kind: 'uid', uid: 'kakao:01012345678' }],
    ['Zk3Jx0aPq1bRt9', { kind: 'uid', uid: 'Zk3Jx0aPq1bRt9' }],
    ['02-555-0101', { kind: 'phone', phone: '+8225550101' }],
    ['minji@', null],
    ['users/kakao:1', null],
    ['..', null],
    ['', null],
  ])('%j is %j', (text, query) => expect(readQuery(text)).toEqual(query));
});

describe('a contact', () => {
  it('is kept in one form, is none, or cannot be read', () => {
    expect(readContact('email', ' A@Mail.example')).toBe('a@mail.example');
    expect(readContact('phone', '010 1234 5678')).toBe('+821012345678');
    expect([null, undefined, ''].map((value) => readContact('phone', value))).toEqual([null, null, null]);
    expect(['no', '1588-0000', 1012345678].map((value) => readContact('phone', value))).toEqual(
      Array.from({ length: 3 }, () => undefined),
    );
    expect(readContact('email', 'nobody')).toBeUndefined();
  });
  it('that is a member’s is Korean', () => expect(readMemberPhone('+1 202 555 0101')).toBeNull());
});

describe('the audit log', () => {
  it('shows contacts masked, wherever they were typed', () => {
    expect(maskedValue('email', 'minji@mail.example')).toBe('m***@mail.example');
    expect(maskedValue('phone', '+821012345678')).toBe('***5678');
    expect(maskedValue('introduction', '문의 010-1234-5678, a.b@mail.example')).toBe(
      '문의 ***5678, a***@mail.example',
    );
    expect(maskedValue('nickname', { a: 1 })).toBe('(?)');
    expect(maskedValue('email', null)).toBeNull();
  });
});

describe('problems of a document', () => {
  const of = (field: string) => ({ field, message: '…' });
  it('are those found, and those of fields not looked at', () => {
    expect(withProblems([of('email'), of('nickname')], ['email'], [])).toEqual([of('nickname')]);
    expect(withProblems(undefined, ['email'], [of('email')])).toEqual([of('email')]);
  });
});

describe('an edit', () => {
  const edit = (changes: object) => editUserInput.safeParse({ uid: 'u', changes, reason: '요청' }).success;
  it('changes at least one field, and no other than the four', () => {
    expect([{ phone: null }, { nickname: '민지' }, { introduction: '' }].map(edit)).toEqual([
      true,
      true,
      true,
    ]);
    expect([{}, { nickname: undefined }, { role: 'owner' }, { nickname: '민' }].map(edit)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
