import { acceptBaseUrl } from '../platform/config.ts';
import { kakaoUid, tidyEmail } from './accounts.ts';
import { readFault } from './kakao.ts';

describe('members', () => {
  it('have a uid that says where they come from', () =>
    expect(kakaoUid(9000000001)).toBe('kakao:9000000001'));
  it.each([
    [' Minji@Mail.Example ', 'minji@mail.example'],
    ['ｍｉｎｊｉ@mail.example', 'minji@mail.example'],
  ])('have one spelling of the address %s', (typed, kept) => expect(tidyEmail(typed)).toBe(kept));
});

describe('faults of Kakao', () => {
  it.each([
    [401, { code: -401 }, 'KAKAO_TOKEN_INVALID'],
    [400, { code: -2 }, 'KAKAO_TOKEN_INVALID'],
    [400, { code: -1 }, 'KAKAO_UNAVAILABLE'],
    [400, { code: -7 }, 'KAKAO_UNAVAILABLE'],
    [503, { code: -9798 }, 'KAKAO_UNAVAILABLE'],
    [502, '<html>Bad Gateway</html>', 'KAKAO_UNAVAILABLE'],
    [400, { code: -10 }, 'KAKAO_BUSY'],
    [400, { code: -101 }, 'KAKAO_REFUSED'],
    [403, { code: -402 }, 'KAKAO_REFUSED'],
    [401, { code: -406 }, 'KAKAO_REFUSED'],
  ])('%d %o is %s', (status, body, reason) => expect(readFault(status, body).reason).toBe(reason));
});

describe('base URLs', () => {
  it.each([
    'http://kapi.kakao.com',
    'https://localhost',
    'https://127.0.0.1:1',
    'https://[::1]',
    'http://127.0.0.1:9410',
  ])('production refuses %s', (url) => expect(() => acceptBaseUrl(url, false)).toThrow(/Refusing/));
  it('production takes https and a public host; the emulator takes the stand-in', () => {
    expect(acceptBaseUrl('https://kapi.kakao.com/', false)).toBe('https://kapi.kakao.com');
    expect(acceptBaseUrl('http://127.0.0.1:9410', true)).toBe('http://127.0.0.1:9410');
  });
});
