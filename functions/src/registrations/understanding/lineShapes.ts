/** The shapes lines and values have: bullets, courtesies, what a value of each field looks like. */

import { canonical, fieldOf } from './labels.ts';
import { readPerson } from './people.ts';

export const bullet =
  /^(?:(?:[\s■□▶▷►▸●○◆◇◈◎★☆※*·•∙‣√→#>\-–—\p{So}♥♡]|\uFE0F|\u200D)+|\(?\d{1,2}[.)](?!\d)|[QA]\d{0,2}\s?[.):]\s|[①-⑳]|[가나다라마바사아자차카타파하][.)](?=\s))\s*/u;
export const courtesy =
  /감사합|감사드|부탁\s?드|부탁해|안녕하|안녕히|드림$|올림$|배상$|첨부\s?(합|드|하였|했|$)|보내\s?드|보냅니다|확인\s?(바랍|부탁|해)|문의\s?(주|바랍)|연락\s?(주|바랍|드)|수고하|신청\s?(합니다|드립니다)|요청\s?(합니다|드립니다)|에서 보냄$/;

export const selfEvident = new Set(
  'businessNumber licenceNumber specialistNumber careInstitutionNumber phone zip period priceBefore priceAfter startsOn endsOn adReviewNumber homepage hours discount prices'.split(
    ' ',
  ),
);
/** What the value of a field must look like to be believed when only a space parts it from its label. */
export const looksLike: Readonly<Record<string, (value: string) => boolean>> = {
  name: (value) => readPerson(value) !== null,
  representative: (value) => readPerson(value) !== null,
  hospitalName: (value) => /^[^\s]{2,}(\s\S+)?(의원|병원|클리닉)$/.test(value),
  type: (value) => /^(의원|병원|종합병원|상급종합병원|치과의원|치과병원|한의원|한방병원)$/.test(value),
  departments: (value) => /^[가-힣]+과([\s,/·]+[가-힣]+과)*$/.test(value),
  title: (value) =>
    value.length <= 40 &&
    !/^(?:신규\s?)?(?:등록|신청|요청|문의|안내|접수|변경|연장|취소|건|목록|리스트|관련)/.test(value),
  target: (value) => /^(?:신규|기존|재방문|전체|모든|첫|누구나|여성|남성|전)\s?/.test(value),
  specialist: (value) => /과(?![가-힣])|전문의|일반의|^(?:아니|없음|해당|[OX]$)/i.test(value),
  hours: (value) => /\d{1,2}\s?(?::\s?\d{2}|시)/.test(value),
  address: (value) => /[로길동리가]\s?\d/.test(value),
};
export const fieldsOf = (label: string) =>
  (['hospital', 'doctor', 'event'] as const).flatMap((kind) => fieldOf(kind, label) ?? []);
export const isSentence = (words: string) => /(다|요|죠|까|세요|니다)[.!?~\s]*$/.test(words);

export const plainLength = (label: string) => (canonical(label) ?? '').length;

/** A bracket that closes nothing, or is not closed, runs on into what stands beside. */
export const isWhole = (words: string) =>
  (words.match(/[[【<〔「『《〈(]/g) ?? []).length === (words.match(/[\]】>〕」』》〉)]/g) ?? []).length;

/** `field` says what a value without label is. */
export type Told = readonly [label: string | null, value: string, firm: boolean, field?: string];
