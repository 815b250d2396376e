import fc from 'fast-check';
import { replyProblems } from './replyLint.ts';

describe('a reply that may stand', () => {
  it.each([
    '소중한 의견 감사합니다. 말씀해 주신 대기 시간은 개선하겠습니다.',
    '작성자님, 불편을 드려 죄송합니다. 상담 채팅으로 말씀해 주시면 자세히 안내해 드리겠습니다.',
    '고객님의 의견을 원장님과 직원 모두가 읽었습니다.',
    '안내가 부족했던 점 사과드립니다. 가격은 이벤트 페이지에 부가세를 포함해 적어 두었습니다.',
    '따뜻한 후기 감사합니다!',
  ])('%s', (text) => expect(replyProblems(text)).toEqual([]));
});

describe('a reply that tells of a patient', () => {
  it.each<[string, RegExp]>([
    ['저희 병원을 방문해 주셔서 감사합니다.', /방문했다는 사실/],
    ['내원하셨을 때 충분히 안내드렸습니다.', /방문했다는 사실/],
    ['예약해 주신 시간보다 늦게 오셔서 그렇습니다.', /방문했다는 사실/],
    ['저희 의원에 오신 것은 맞습니다.', /방문했다는 사실/],
    ['쌍꺼풀 수술 받으신 부위는 자리 잡는 데 시간이 걸립니다.', /시술·상담을 확인/],
    ['상담을 받으셨을 때와 말씀이 다릅니다.', /시술·상담을 확인/],
    ['시술 후 관리를 안 하신 것 같습니다.', /시술·상담을 확인/],
    ['차트를 확인해 보니 사실과 다릅니다.', /의료정보/],
    ['처방해 드린 약을 복용하지 않으셨습니다.', /의료정보/],
    ['당뇨가 있으셔서 회복이 늦었습니다.', /의료정보/],
    ['필러 2cc를 넣어 드렸습니다.', /양이나 횟수/],
    ['11월 3일에 안내드린 대로입니다.', /날짜/],
    ['고객님의 피부 상태 때문입니다.', /신체나 신상/],
    ['김민지님 안녕하세요.', /이름/],
    ['민지 님, 감사합니다.', /이름/],
    ['박 씨가 쓰신 글은 사실이 아닙니다.', /이름/],
    ['010-1234-5678로 연락 주세요.', /전화번호/],
    ['０１０－１２３４－５６７８로 연락 주세요.', /전화번호/],
    ['02-555-0101로 연락 주세요.', /전화번호/],
    ['desk@raon.example 로 보내 주세요.', /전화번호나 이메일/],
    ['900101-1234567 님의 건입니다.', /주민등록번호/],
  ])('%s', (text, words) => expect(replyProblems(text).join(' ')).toMatch(words));

  it('is found wherever it stands', () => {
    const around = fc.constantFrom('', '감사합니다. ', '안녕하세요.\n');
    fc.assert(
      fc.property(around, around, (before, after) => {
        expect(replyProblems(`${before}차트를 확인했습니다. ${after}`)).not.toEqual([]);
      }),
    );
  });
});

it('any text gets an answer', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => Array.isArray(replyProblems(text))));
});
