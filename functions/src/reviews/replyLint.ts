/**
 * What a hospital must not say in public of somebody who reviewed it: that they were its patient, what was found or done,
 * when, who they are (의료법 제19조, 개인정보 보호법 제17조·제23조). Pure. Errs on the side of asking for other words.
 */
import { maskWithin } from '../kernel/mask.ts';
import { redact } from '../kernel/redact.ts';

interface Rule {
  readonly pattern: RegExp;
  readonly explanation: string;
}

const halfWidth = (text: string) =>
  text.normalize('NFC').replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));

const gap = String.raw`[\s·.,~!]*`;
const past = String.raw`(?:하신|받으신|하셨|받으셨|하셔|받으셔|하시고|받으시고|해\s*주(?:셔|신|셨)|주신|주셨|오신|오셨|오셔|찾아\s*주)`;
const treatment =
  '(?:시술|수술|상담|진료|치료|검사|주사|마취|처치|관리|보톡스|필러|레이저|리프팅|쌍꺼풀|눈매교정|지방흡입|절개|실밥|재수술)';

const rules: readonly Rule[] = [
  {
    pattern: new RegExp(
      `(?:내원|방문|예약|내방)${gap}(?:을|를|은|이|도)?${gap}${past}|(?:저희|우리|본)${gap}(?:병|의)원(?:에|을|를)${gap}(?:찾|오|방문|내원)`,
    ),
    explanation:
      '작성자가 병원을 방문했다는 사실을 확인해 주는 표현입니다. “소중한 의견 감사합니다”처럼 써 주세요.',
  },
  {
    pattern: new RegExp(
      `${treatment}(?:을|를|은|는|이|도)?${gap}${past}|${treatment}${gap}(?:후|전|당시|당일|직후)`,
    ),
    explanation:
      '작성자가 받은 시술·상담을 확인해 주는 표현입니다. 개별 진료 내용은 공개 답글에 쓸 수 없습니다.',
  },
  {
    pattern:
      /진단|처방|차트|진료\s*기록|의무\s*기록|병력|기왕력|복용|투약|알레르기|혈압|당뇨|임신|염증|괴사|구축|흉터\s*체질|켈로이드|피부\s*타입이/,
    explanation: '진단·처방·진료기록 같은 의료정보입니다. 공개 답글에 쓸 수 없습니다.',
  },
  {
    pattern: /\d+(?:\.\d+)?\s*(?:cc|ml|mg|샷|줄|유닛|바이알|회차)(?![a-z])/i,
    explanation: '시술의 양이나 횟수입니다. 개별 진료 내용은 공개 답글에 쓸 수 없습니다.',
  },
  {
    pattern:
      /(?:\d{2,4}\s*[년./-]\s*)?\d{1,2}\s*[월./-]\s*\d{1,2}\s*일?\s*(?:에|날|자|당일|오전|오후|방문|내원|예약|상담|수술|시술|진료)/,
    explanation: '방문하거나 시술받은 날짜입니다. 날짜 없이 써 주세요.',
  },
  {
    pattern:
      /(?:환자|고객|회원)(?:분)?(?:님)?(?:의|께서는?)\s*(?:상태|피부|눈|코|얼굴|체질|나이|연령|직업|가족|연락처)/,
    explanation: '작성자의 신체나 신상에 관한 내용입니다. 공개 답글에 쓸 수 없습니다.',
  },
];

const titles =
  /(?:고객|회원|환자|환자분|작성자|리뷰어|후기|원장|대표원장|부원장|실장|팀장|과장|선생|의사|간호사|직원|담당자|여러분|이용자|손님|분|보호자|매니저|코디|상담사)$/;
const addressed = /([가-힣]{1,10})\s?(?:님|씨)(?![가-힣]*(?:직|앗))/g;
const surnames =
  /^[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용]/;

/** Whether somebody is addressed by name: two to four syllables before 님 or 씨 that are no word for everybody. */
function namesSomebody(text: string): boolean {
  return [...text.matchAll(addressed)].some(([, word = '']) => {
    if (titles.test(word)) return false;
    return word.length <= 4 && (surnames.test(word) || word.length <= 2);
  });
}

/** Why a reply cannot stand, in Korean; empty when it can. */
export function replyProblems(reply: string): string[] {
  const text = halfWidth(reply);
  const found = rules.filter(({ pattern }) => pattern.test(text)).map(({ explanation }) => explanation);
  if (maskWithin(text) !== text || /(?<!\d)0\d{1,2}[-. )]\s?\d{3,4}[-. ]\d{4}(?!\d)/.test(text))
    found.push('전화번호나 이메일이 있습니다. 연락은 병원 페이지의 대표번호나 상담 채팅으로 안내해 주세요.');
  if (redact(text).found.length > 0) found.push('주민등록번호나 카드번호로 보이는 숫자가 있습니다.');
  if (namesSomebody(text))
    found.push('사람 이름으로 보이는 말이 있습니다. “작성자님”, “고객님”처럼 써 주세요.');
  return found;
}
