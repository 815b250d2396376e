/**
 * Insults, and contacts that brokers leave, as data: patterns over folded text (kernel/folding.ts: no spaces, lower case),
 * so that spaces, dots and hearts between the letters do not help. Lone consonants, digits and letters of other scripts
 * that stand for a syllable are part of the patterns. `innocent` phrases are struck out first: 출시 발표 is no insult.
 */
import { type Folded, fold, hitsOf } from '../kernel/folding.ts';

/** `hold`: kept back until somebody has looked. `queue`: shown, and looked at. */
export type Severity = 'hold' | 'queue';

export const wordCodes = [
  'INSULT',
  'THREAT',
  'SLUR',
  'ROUGH_WORD',
  'PHONE_NUMBER',
  'MESSENGER_CONTACT',
  'OPEN_CHAT',
  'SHORT_LINK',
  'BROKER',
] as const;
export type WordCode = (typeof wordCodes)[number];

interface WordRule {
  readonly code: WordCode;
  readonly severity: Severity;
  readonly pattern: RegExp;
  readonly innocent?: RegExp;
}

// What people put between two syllables that belong together, beside what folding leaves out.
const filler = '[0-9a-z\\u3131-\\u3163]{0,2}';
const apart = (...syllables: readonly string[]) => new RegExp(syllables.join(filler), 'g');

const insults: readonly WordRule[] = [
  {
    ...{ code: 'INSULT', severity: 'hold' },
    pattern: apart('[씨시쒸쉬씌슈쓔싀]', '[발빨벌뻘팔]'),
    innocent:
      /[가-힣][시씨](발(표|생|견|달|행|급|송|매|휘|전|음|라|가|사|바|령|의|병|진|목|열|치)|팔(로|뚝|로우|고|았|아|려|자|지|꿈)|벌(써|어|이|레|금))|시발(점|역|자동차|택시)|(다|또|역|잠|몹|반드|즉|혹|아저|아가|날|솜|마음|글)[시씨][발팔벌]|시[발팔벌](써|레)|씨(팔이|벌초)|시팔이/g,
  },
  {
    ...{ code: 'INSULT', severity: 'hold' },
    pattern: /ㅅㅂ|ㅆㅂ|ㅂㅅ|ㅄ|ㅈㄹ|ㅁㅊㄴ|ㅅㄲ|ㄱㅅㄲ|시바(?=ㄹ|새|꺼)|tlqkf|qudtls|rotorl|wlfkf/g,
  },
  {
    ...{ code: 'INSULT', severity: 'hold' },
    pattern: apart('[병븅뼝]', '[신씬싄]'),
    innocent: /(질|발|간|문|투|성|지|눈|피부|난치|유전|전염)병신|병신(고|청|호|속|규|생아|년|약|경|체|장)/g,
  },
  {
    ...{ code: 'INSULT', severity: 'hold' },
    pattern:
      /(?<!손)[개게걔]?[새세섀쉐쌔]+[0-9a-z\u3131-\u3163]{0,2}[끼키](?!손|발|고양|강아|노루|줄)|[개걔]+새(?=들|야|네)/g,
    innocent: /[가-힣][세새]키(우|웠|고|는|운|지|로|가|와|만)|새끼(손|발)가락|세키(로|가하라)/g,
  },
  {
    ...{ code: 'INSULT', severity: 'hold' },
    pattern: apart('[지쥐]', '[랄럴]'),
    innocent: /[가-힣]지[랄럴]까/g,
  },
  {
    ...{ code: 'INSULT', severity: 'hold' },
    pattern:
      /(미친|또라이|썅|씹|쌍|개같은|더러운|망할|죽일)(년|놈|뇬|넘|것들|새)|씹[새년놈창할]|[좆좃졷](?!아|은|게|지|다|습)|ㅈ같|엠창|느금마?|니[애에]미|[애에]미(뒤|없)|창녀|걸레년|호로자식|육시랄|염병할|fuck|bitch|asshole/g,
  },
];

const others: readonly WordRule[] = [
  {
    ...{ code: 'THREAT', severity: 'hold' },
    pattern: /(죽여|찔러|태워|없애|조져)버(릴|린|려)|칼로찌|불질러버|집앞에?(찾아가|기다)|신상(털|퍼뜨)/g,
  },
  {
    ...{ code: 'SLUR', severity: 'hold' },
    pattern:
      /(한남|한녀|김치|된장|맘|성괴|전라|경상|홍)(충|녀|디언|괴물)(?!청)|짱깨|쪽바리|조센징|성형괴물|틀딱|급식충|장애새|애자새/g,
    innocent: /벌레충|해충|기생충|녹내장애/g,
  },
  {
    ...{ code: 'ROUGH_WORD', severity: 'queue' },
    pattern:
      /존나|졸라(?!맨|대)|ㅈㄴ|개(짜증|빡|쩐|노답)|닥쳐|꺼져|쓰레기(같|병원|의사|새)|돌팔이|사기꾼|미쳤(냐|나봐|네)|또라이/g,
    innocent: /(불|전원)이?꺼져|붓기가?꺼져|볼이?꺼져|눈이?꺼져|푹꺼져|꺼져(보|서|있|요|가|들)/g,
  },
  {
    ...{ code: 'OPEN_CHAT', severity: 'hold' },
    pattern:
      /오픈(채팅|챗|카톡|톡방)|오카방|openkakao|openchat|텔레(그램)?(아이디|id|주|문의|방|로연락)|텔그|tme[a-z]|라인(아이디|id)/g,
  },
  {
    ...{ code: 'MESSENGER_CONTACT', severity: 'hold' },
    pattern:
      /(카카오톡|카톡|까톡|카캌오톡|ㅋ[ㅏr]?톡|ㅋㅌ|kakaotalk|kakao|톡|라인|인스타|insta|텔레그램|위챗|디엠|dm)(아이디|아뒤|id|친추|추가|남겨|보내)?(로|으로|은|는|이)?(id|아이디|아뒤|친추|연락|문의|추가)?(주세요|주심|주시면|주세여|바랍니다|드려요|가능|환영|ㄱㄱ|주셈)/g,
    innocent:
      /(병원|실장|상담|원장)(님)?(께서|에서|이|한테|에게)?(카톡|톡)|카톡(상담|예약)(도|이|은|으로)?(가능|돼|되)/g,
  },
  {
    ...{ code: 'MESSENGER_CONTACT', severity: 'hold' },
    pattern:
      /(카카오톡|카톡|까톡|ㅋㅌ|kakaotalk|인스타|insta|텔레그램|위챗|라인)(아이디|아뒤|id|계정)[은는이가]?[a-z][a-z0-9_.]{3,}/g,
  },
  {
    ...{ code: 'SHORT_LINK', severity: 'hold' },
    pattern: /bitly|me2do|hangl|urlkr|cuttly|tinyurl|linktree|litlink|bandus|bitlink/g,
  },
  {
    ...{ code: 'BROKER', severity: 'queue' },
    pattern:
      /(소개|추천|리베이트)(비|수수료|받고)|(할인|최저가|이벤트가)(로|에)?(받게|연결|소개)해(드|줄)|추천인(코드|입력)|대리(예약|상담)해|병원(소개|연결)해(드|줄)|(상담|견적)(은|문의)?쪽지|쪽지(주시면|주세요|드릴)|발품(대신|팔아드)|제(이름|소개)(대면|말하면|라고하면)|브로커(입|해)/g,
  },
];

const wordRules = [...insults, ...others];

export interface Found {
  readonly code: WordCode;
  readonly severity: Severity;
  /** As written. */
  readonly excerpt: string;
}

// Digits as they are spelt out to slip past a filter for numbers.
const digitOf: Readonly<Record<string, string>> = {
  ...{
    공: '0',
    영: '0',
    빵: '0',
    o: '0',
    ㅇ: '0',
    일: '1',
    하나: '1',
    l: '1',
    i: '1',
    ㅣ: '1',
    이: '2',
    둘: '2',
  },
  ...{ 삼: '3', 사: '4', 오: '5', 육: '6', 륙: '6', 칠: '7', 팔: '8', 구: '9' },
};
const digitLike = /[0-9공영빵oㅇ일liㅣ이삼사오육륙칠팔구.ㅡ]{10,}/g;

/** Telephone numbers of people, in digits or spelt out: `010-1234-5678`, `공일공 일이삼사 오육칠팔`, `O1O.1234.5678`. */
function phonesIn({ text }: Folded): Found[] {
  return [...text.matchAll(digitLike)].flatMap(([run]) => {
    const digits = [...run]
      .map((sign) => digitOf[sign] ?? sign)
      .join('')
      .replace(/[.ㅡ]/g, '');
    const isMobile = /01[016789]\d{7,8}/.test(digits);
    return isMobile ? [{ code: 'PHONE_NUMBER', severity: 'hold', excerpt: run.slice(0, 30) } as const] : [];
  });
}

const without = (folded: Folded, innocent: RegExp | undefined): Folded =>
  innocent
    ? { ...folded, text: folded.text.replace(innocent, (phrase) => '\n'.repeat(phrase.length)) }
    : folded;

/** What of a text people should not have to read, or should not be led by. Each code once. */
export function wordsFound(text: string): Found[] {
  const folded = fold(text);
  const found = wordRules.flatMap(({ code, severity, pattern, innocent }) =>
    [...hitsOf(without(folded, innocent), pattern)]
      .slice(0, 1)
      .map(({ raw }): Found => ({ code, severity, excerpt: raw.slice(0, 40) })),
  );
  const all = [...found, ...phonesIn(folded)];
  return all.filter((each, index) => all.findIndex(({ code }) => code === each.code) === index);
}
