import type { Block } from '../../mail/message.ts';
import { isFromAgency, type SentBy } from './agency.ts';

const body = (text: string): Block => ({ kind: 'text', source: 'body', text });
const mail = (text: string, more: Partial<SentBy> = {}): SentBy => ({
  ...{ subject: '등록 요청', from: { name: '라온의원', address: 'desk@raon.example' }, forwardedFrom: null },
  blocks: [body(text)],
  ...more,
});
const from = (name: string, address: string) => ({ from: { name, address } });

describe('an agency writes', () => {
  test.each([
    '라온의원 등록을 대행하여 연락드립니다.',
    '안녕하세요 메디에이전시 최대리입니다. 아래 병원 등록 부탁드립니다.',
    '저희는 광고대행사입니다. 라온의원 이벤트 보내드립니다.',
    '라온의원으로부터 위임받아 진행합니다. 위임장 첨부합니다.',
    'We register this clinic on behalf of Raon.',
  ])('%s', (text) => expect(isFromAgency(mail(text))).toBe(true));
  it('when a company of that trade hands on another’s mail', () => {
    const more = { ...from('뷰티메이트 컴퍼니', 'ad@mate.example'), forwardedFrom: 'raon@naver.com' };
    expect(isFromAgency(mail('아래 등록 부탁드립니다', more))).toBe(true);
  });
});

describe('a clinic writes', () => {
  test.each([
    '안녕하세요 라온의원 마케팅팀입니다. 이벤트 등록 부탁드립니다.',
    '대행사 없이 직접 등록하고 싶습니다.',
    '광고대행사를 통하지 않고 등록합니다.',
    '병원명: 라온의원',
  ])('%s', (text) => expect(isFromAgency(mail(text))).toBe(false));
  it('when its own people hand on a mail', () => {
    const more = { ...from('라온의원 홍보팀', 'pr@raon.example'), forwardedFrom: 'kim@naver.com' };
    expect(isFromAgency(mail('원장님이 주신 내용입니다', more))).toBe(false);
  });
  it('also when what it hands on speaks of an agency', () => {
    const blocks: Block[] = [{ kind: 'text', source: 'forwarded', text: '광고대행사 소개서입니다' }];
    expect(isFromAgency(mail('', { blocks, forwardedFrom: 'x@other.example' }))).toBe(false);
  });
});
