import fc from 'fast-check';
import { wordsFound } from './words.ts';

const codes = (text: string) => wordsFound(text).map(({ code }) => code);

describe('an insult is found', () => {
  it.each([
    '시발 진짜',
    '시 발',
    '씨.발',
    '시1발',
    '씨♥발',
    'ㅅㅂ 뭐야',
    '이 병신아',
    '병 신',
    '븅신 같은 의사',
    '개새끼',
    '개 새 끼',
    '이 새끼가',
    '지랄하네',
    '지 랄',
    '미친놈들',
    'tlqkf',
    '니애미',
    'ｆｕｃｋ you',
    '조 센 징',
    '죽여버릴거야',
    '성괴충',
  ])('%s', (text) => {
    expect(wordsFound(text).map(({ severity }) => severity)).toContain('hold');
  });
});

describe('what only sounds like one is not', () => {
  it.each([
    '다음 주에 출시 발표가 있대요',
    '다시 발라도 되나요?',
    '역시 발품을 팔아야 해요',
    '연고를 다시발라요',
    '시발점이 된 건 코였어요',
    '아저씨 팔이 아프대요',
    '질병 신고는 어디에',
    '간병신청서를 냈어요',
    '발병 신호라고 하네요',
    '새끼손가락이 저려요',
    '강아지를 세 마리 키우고 있어요',
    '붓기가 꺼져서 다행이에요',
    '볼이 푹 꺼져 보여요',
    '잠시 벌써 3주차네요',
    '몹시 발갛게 부었어요',
    '날씨 팔아요',
    '좋아요 좋은 곳입니다',
    '해보지 않으면 몰라요',
    '필러 맞고 붓기가 빠지지 않으면',
    '자연유착 쌍꺼풀 1320000원에 했어요',
    '2026년 12월 1일 오전 10시에 갔고 이틀 뒤 실밥 풀었어요',
    '수술비 이백오십만원 이었어요',
    '병원에서 카톡으로 안내 주셨어요',
    '카톡 상담도 가능해서 편했어요',
    '대표번호 02-555-0101로 예약했어요',
    '사각턱이 아팠는데 팔 일째 구토는 없었어요',
    '인스타 보고 갔어요',
    '상담실장님이 카톡 주세요 하셔서 예약했어요',
    '라인이 자연스러워요',
  ])('%s', (text) => {
    expect(wordsFound(text)).toEqual([]);
  });
});

describe('a contact is found, however it is written', () => {
  it.each([
    ['010-1234-5678로 연락 주세요', 'PHONE_NUMBER'],
    ['공일공 일이삼사 오육칠팔', 'PHONE_NUMBER'],
    ['O1O.1234.5678', 'PHONE_NUMBER'],
    ['0 1 0 ㅡ 1 2 3 4 ㅡ 5 6 7 8', 'PHONE_NUMBER'],
    ['０１０１２３４５６７８', 'PHONE_NUMBER'],
    ['카톡 아이디 beauty_kim 추가', 'MESSENGER_CONTACT'],
    ['카 톡 주세요', 'MESSENGER_CONTACT'],
    ['ㅋㅌ 주세요', 'MESSENGER_CONTACT'],
    ['인스타 dm 주세요', 'MESSENGER_CONTACT'],
    ['오픈 채팅방으로 오세요', 'OPEN_CHAT'],
    ['open.kakao.com/o/abc', 'OPEN_CHAT'],
    ['bit.ly/3abcd', 'SHORT_LINK'],
    ['최저가로 연결해 드려요', 'BROKER'],
    ['병원 소개해 드립니다 쪽지 주세요', 'BROKER'],
  ])('%s', (text, code) => {
    expect(codes(text)).toContain(code);
  });
});

it('never throws, and quotes little', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      for (const { excerpt } of wordsFound(text)) expect(excerpt.length).toBeLessThanOrEqual(40);
    }),
  );
});

it('takes time in proportion to the text', () => {
  const began = performance.now();
  wordsFound('씨 0 발음 카톡 '.repeat(5_000));
  expect(performance.now() - began).toBeLessThan(2_000);
});
