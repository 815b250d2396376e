/** Names of people as mails write them. */
import { tidy } from '../../kernel/korean.ts';

const surnames =
  '김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국은편용예봉경태빈호범좌팽승견피형두옹어계감';
const longSurnames = '남궁|황보|제갈|사공|선우|서문|독고|동방';
const titles =
  '대표원장|부원장|대표이사|이사장|원장|병원장|의료원장|교수|과장|선생님?|의사|전문의|박사|닥터|센터장|실장|대표|팀장|매니저';
const notNames =
  /^(저희|우리|대표|담당|소속|신규|여자|남자|전문|성형|피부|내과|외과|치과|한방|병원|의원|원장|의사|이번|추가|등록|해당|각각|모든|주치|현재|전직|지점|본점|분원|강남|서초|서울|부산|경기|인천|대구|대전|광주|제주|고객|신청|문의|진료|상담|수술|시술|이상|이하|정도|전체|공동|총괄|진행|지정|주요|기존|최종|정보|안내|명단|목록|구성|성명|성함|이름|기타|없음|미정|추후|유의|주의|원래|정식|오늘|내일|한분|한명|두분)/;

const name = `(?:${longSurnames})[가-힣]{1,2}|[${surnames}][가-힣]{1,3}`;

/** Whether letters could be a Korean name: a surname and one to three syllables that are no ordinary word. */
export const looksLikeName = (letters: string): boolean =>
  new RegExp(`^(?:${name})$`).test(letters) && !notNames.test(letters);

const withTitles = new RegExp(
  `^(?:(?:Dr\\.?|닥터|${titles})\\s?)?([가-힣]{2,5}?|[가-힣](?:\\s[가-힣]){1,3})\\s?(?:님|(?:${titles})님?)?(?:\\s?(?:${titles})님?)?$`,
  'i',
);

/**
 * One person's name without titles and brackets: `김라온 (대표원장)`, `원장 김라온`, `Dr. 김라온`, `김 라 온`. A name in
 * Latin letters is kept as it is. Null when it is not one name, e.g. two.
 */
export function readPerson(value: string): string | null {
  const bare = tidy(value)
    .replace(/[([<][^)\]>]{0,60}[)\]>]/g, ' ')
    .replace(/\s?\/\s?[A-Za-z .'-]+$/, '')
    .trim();
  if (/^[A-Za-z][A-Za-z .'-]{1,38}$/.test(bare)) return bare;
  const found = withTitles.exec(bare)?.[1]?.replace(/\s/g, '');
  return found && looksLikeName(found) ? found : null;
}

/** A name that stands beside a doctor's title in running text: `김라온 원장님`, `원장 김라온`. */
const titled = new RegExp(
  `(?<![가-힣])(?:(${name})\\s?(?:대표원장|부원장|원장|전문의|선생님|교수)(?:님|께서|이|은|을|의|[\\s,.)(]|$)|(?:대표원장|원장|의사)\\s(${name})(?=[\\s,.)(]|입니다|이며|님|$))`,
  'g',
);

/** Every name with a doctor's title in running text, each once. */
export function titledNames(text: string): string[] {
  const found = [...text.matchAll(titled)].map(([, before, after]) => before ?? after ?? '');
  return [...new Set(found.filter(looksLikeName))];
}
