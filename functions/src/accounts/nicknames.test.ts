import fc from 'fast-check';
import { isReservedNickname, nicknameCandidates, nicknameKey } from './nicknames.ts';
import { userSchema } from './schema.ts';

describe('a nickname', () => {
  it.each([
    ['민지', '민 지'],
    ['Minji', 'ＭＩＮＪＩ'],
    ['민지', '\u1106\u1175\u11ab\u110c\u1175'],
    ['민지', '민\u200b지\u3164'],
    ['ﬁona', 'FIONA'],
  ])('%s is the same as %s', (one, other) => expect(nicknameKey(one)).toBe(nicknameKey(other)));
  it.each([
    ['민지', '민지1'],
    ['민지', '민저'],
  ])('%s is another than %s', (one, other) => expect(nicknameKey(one)).not.toBe(nicknameKey(other)));
  it('has one key, however often it is folded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(nicknameKey(nicknameKey(name))).toBe(nicknameKey(name));
      }),
    );
  });
  it.each([
    '운영자',
    '운 영 자',
    '닥터피치공식',
    'Doctor Pitch',
    'ＡＤＭＩＮ',
    'ad.min',
    '탈퇴한 회원',
    '원장',
    '익명 3',
    '글쓴이',
    '\u200b\u200b',
  ])('%j is reserved', (name) => expect(isReservedNickname(name)).toBe(true));
  it.each(['민지', '익명의미녀', '원장님팬', '강남토끼', 'admiral'])('%j is free', (name) =>
    expect(isReservedNickname(name)).toBe(false),
  );
});

describe('the first nicknames tried', () => {
  const digits = () => '0417';
  it('begin with the one offered, then the same with digits', () => {
    expect(nicknameCandidates('민지', digits).slice(0, 2)).toEqual(['민지', '민지0417']);
  });
  it('are made up where nothing was offered or the offer is reserved', () => {
    for (const offered of [null, '', '관리자', '김'])
      expect(nicknameCandidates(offered, digits)[0]).toBe('회원04170417');
  });
  it('fit the profile and are not reserved, whatever Kakao offers', () => {
    fc.assert(
      fc.property(fc.option(fc.string({ unit: 'grapheme', maxLength: 40 })), (offered) => {
        for (const name of nicknameCandidates(offered, digits)) {
          expect(userSchema.shape.nickname.safeParse(name).success).toBe(true);
          expect(isReservedNickname(name)).toBe(false);
        }
      }),
    );
  });
});
