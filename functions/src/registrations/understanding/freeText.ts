/**
 * What running text says without labels in front. Everything found here is shown to an operator as uncertain; it never
 * stands in for something that was not said.
 */
import { readBusinessNumber, tidy } from '../../kernel/korean.ts';
import { clinicsIn } from './clinics.ts';
import { fieldOf, type LabelledKind, labelledKinds, sentenceLabels } from './labels.ts';
import type { Pair, Prose } from './lines.ts';
import { pricesIn } from './offerValues.ts';
import { readPerson, titledNames } from './people.ts';
import { departmentsIn, phonesIn } from './values.ts';

const spaced = (label: string) => label.split('').join('\\s?');
const anyLabel = sentenceLabels.map((label) => (label.length <= 4 ? spaced(label) : label)).join('|');
const ending =
  '\\s?(?:입니다|이에요|예요|에요|이고요?|이구요|이며|이십니다|이시고|이세요|인데요?|이라고|임)(?![가-힣])|[,;](?=\\s|$)|\\s?고요|[.!?](?=\\s|$)|$';
const told = new RegExp(
  `(?<![가-힣])(${anyLabel})(?:님|님의)?\\s?(?:은|는|이|가)\\s(?!아니|아닙|없)(.{1,60}?)(?:${ending})`,
  'g',
);
const numberLabels =
  '사업자\\s?(?:등록)?\\s?번호|(?:의사)?\\s?면허\\s?번호|(?:전문의)?\\s?자격\\s?번호|요양기관\\s?(?:번호|기호)|심의필?\\s?번호|우편\\s?번호|(?:대표)?전화\\s?(?:번호)?|연락처';
const numbered = new RegExp(
  `(?<![가-힣])(${numberLabels})\\s?(?:은|는|이|가|:)?\\s?((?:제\\s?)?\\+?\\(?\\d[\\d\\-.\\s()]{0,20}\\d(?:\\s?호)?)`,
  'g',
);

const addressIn =
  /(?:\(?\d{5}\)?\s)?(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충청?[남북]|전라?[남북]|경상?[남북]|전북|제주)(?:특별자치도|특별자치시|특별시|광역시|도|시)?\s[가-힣]{1,6}[시군구]\s[^\n.!?]{0,40}?[로길동리]\s?\d+(?:-\d+)?(?:번길\s?\d+(?:-\d+)?)?(?:,?\s?(?:지하\s?)?\d+층(?:\s?\d+호)?)?(?:\s?\([가-힣\d, ]{1,30}\))?/;
const denied =
  /전문의(?:는|가|\s)?\s?(?:자격이\s)?(?:아니|아님|아닙|없)|비전문의|일반의(?:이|입|세|예|에|로|시)/;
const affirmed =
  /([가-힣]{2,8}과)\s?전문의(?:\s?\([^)]{0,30}\))?(?:이시|이며|입니다|이세요|세요|예요|이에요|이고|십니다|로서|,|\.|$)/;
const fromTo =
  /((?:20\d{2}|'?\d{2})?[년.\-/\s]{0,3}\d{1,2}\s?[월./-]\s?\d{1,2}\s?일?)\s?(?:\([월화수목금토일]\)\s?)?(?:부터|~|〜|∼)\s?((?:20\d{2}|'?\d{2})?[년.\-/\s]{0,3}\d{1,2}\s?[월./-]\s?\d{1,2}\s?일?)/;

/** Hours of one day and of the next are joined by verbs. */
const sentenceEnd = /^(.{1,280}?)(?:\s?(?:입니다|이에요|예요)|[.!?](?=\s|$)|$)/;
/** A line that says nothing but whom an offer is for. */
const onlyFor =
  /^(?:신규|기존|재방문|첫\s?방문|처음\s?오시는|모든|전체|전|여성|남성|학생|수험생)\s?(?:내원\s?)?(?:고객|환자|회원|분|방문자|수험생)?(?:님|분들?)?\s?(?:만|한정|대상|에\s?한함|누구나)?$/;

/** `12월 한 달간` */
const wholeMonth = /(?:20\d{2}년\s?)?(?<!\d)\d{1,2}월\s?한\s?달(?:\s?간|\s?동안)?/;
/** `신규고객 대상` in a sentence. */
const meantFor =
  /(?:신규|기존|재방문|전체|모든|첫\s?방문)\s?(?:내원\s?)?(?:고객|환자|회원)(?:님)?\s?(?:대상|한정)/;

const listEnd = /^(.{1,200}?)(?:\s?(?:입니다|이에요|예요|이고|이며|이구요|봅니다|진료)|[.!?](?=\s|$)|$)/;

type Found = readonly [field: string, value: string, label?: string];

function sentencesOf(kind: LabelledKind, text: string): Found[] {
  const tell = (/[은는이가]\s/.test(text) ? [...text.matchAll(told)] : []).flatMap(
    ([whole, label = '', value = ''], index, all) => {
      const field = fieldOf(kind, label);
      const at = all[index]?.index ?? 0;
      // Lists and addresses go on behind their commas, up to the end of the clause.
      const rest = text.slice(at + whole.indexOf(value), at + 300);
      const isList = field === 'departments' || field === 'focus' || field === 'hours';
      const ends = field === 'hours' ? sentenceEnd : listEnd;
      const more = isList ? ends.exec(rest)?.[1] : field === 'address' ? addressIn.exec(rest) : null;
      const longer = typeof more === 'string' ? more : more?.index === 0 ? more[0] : undefined;
      const isNobody = (field === 'name' || field === 'representative') && readPerson(value) === null;
      return field && !isNobody ? [[field, longer ?? value, label] as const] : [];
    },
  );
  const numbers = (/\d/.test(text) ? [...text.matchAll(numbered)] : []).flatMap(
    ([, label = '', value = '']) => {
      const field = fieldOf(kind, label);
      return field && !tell.some(([known]) => known === field) ? [[field, value, label] as const] : [];
    },
  );
  return [...tell, ...numbers];
}

/** Of several numbers that stand in the text the first that is no mobile phone. */
function phoneIn(text: string): Found[] {
  const written = phonesIn(text).filter((one) => /^\(?(?:\+?\s?82|0\d|1[568]\d{2})/.test(one));
  const best = written.find((one) => !/^\(?(?:\+?82[-\s]?\(?0?\)?)?0?1[016-9]/.test(one)) ?? written[0];
  return best ? [['phone', best]] : [];
}

function patternsOf(kind: LabelledKind, text: string): Found[] {
  const found: Found[] = [...phoneIn(text)];
  const written = [...text.matchAll(/(?<!\d)\d{3}-\d{2}-\d{5}(?!\d)/g)].map(([number]) => number);
  const business = written.find((number) => readBusinessNumber(number)) ?? written[0];
  if (business) found.push(['businessNumber', business]);
  const clinics = clinicsIn(text);
  if (clinics.length === 1 && clinics[0]) found.push(['hospitalName', clinics[0]]);
  const names = titledNames(text);
  if (names.length === 1 && names[0]) found.push([kind === 'hospital' ? 'representative' : 'name', names[0]]);
  if (denied.test(text)) found.push(['specialist', denied.exec(text)?.[0] ?? '']);
  else if (affirmed.test(text)) found.push(['specialist', `${affirmed.exec(text)?.[1]} 전문의`]);
  const address = addressIn.exec(text)?.[0];
  if (address) found.push(['address', address]);
  const treats = /(?:[가-힣]{1,8}과(?:이?랑|와|및|하고|[,·/\s]){0,3}){1,5}(?:를\s)?(?:진료|봅니다|보고)/.exec(
    text,
  )?.[0];
  if (treats && departmentsIn(treats).codes.length > 0) found.push(['departments', treats]);
  const month = kind === 'event' ? wholeMonth.exec(text)?.[0] : undefined;
  if (month) found.push(['period', month]);
  const dates = fromTo.exec(text);
  if (dates) found.push(['period', `${dates[1]} ~ ${dates[2]}`]);
  const only = kind === 'event' ? (onlyFor.exec(text) ?? meantFor.exec(text))?.[0] : undefined;
  if (only) found.push(['target', only]);
  const page = /https?:\/\/[^\s,)]+|www\.[^\s,)]+/i.exec(text)?.[0];
  if (page) found.push(['homepage', page]);
  if (pricesIn(text)) found.push(['prices', text]);
  return found;
}

function pairsOf(kind: LabelledKind, { text, source }: Prose): Pair[] {
  const words = tidy(text);
  const named = sentencesOf(kind, words);
  const patterns = patternsOf(kind, words).filter(([field]) => !named.some(([known]) => known === field));
  return [...named, ...patterns].map(([field, value, label]) => ({
    ...{ type: 'pair', label: label ?? null, value, source, firm: false, field },
  }));
}

/** Pairs of sentences that name a field, of whatever kind. */
export function namedInProse(prose: readonly Prose[]): Pair[] {
  const pairs = labelledKinds
    .flatMap((kind) => pairsInProse(kind, prose))
    .filter(({ label, field }) => label !== null || field === 'businessNumber');
  const once = new Map(pairs.map((pair) => [`${pair.label}\n${pair.value}`, pair]));
  return [...once.values()].map((pair) => {
    const { field, ...rest } = pair;
    return pair.label === null && field ? pair : rest;
  });
}

const remembered = new WeakMap<Prose, Map<LabelledKind, Pair[]>>();

/**
 * Pairs that sentences hold, all of them unsure. Patterns without any label come only after named ones. What a piece
 * holds is worked out once: a greeting may be common to hundreds of rows.
 */
export function pairsInProse(kind: LabelledKind, prose: readonly Prose[]): Pair[] {
  return prose.flatMap((piece) => {
    const byKind = remembered.get(piece) ?? new Map<LabelledKind, Pair[]>();
    remembered.set(piece, byKind);
    const pairs = byKind.get(kind) ?? pairsOf(kind, piece);
    byKind.set(kind, pairs);
    return pairs;
  });
}

const changed = new RegExp(
  `(?<![가-힣])(${anyLabel})(?:만|을|를|은|는|이|가|도)?\\s(?:.{1,60}?(?:에서|->|→)\\s?)?(.{1,80}?)\\s?(?:으로|로)\\s?(?:변경|수정|정정|바꿔|바꾸|바뀌|바뀝|교체|고쳐|업데이트|연장|단축|늘려|앞당|부탁|해\\s?주)`,
  'g',
);

const announced = new RegExp(`(?<![가-힣])(${anyLabel})\\s?(?:변경|수정|정정)`);

/** The label of what a subject says is to change: `주소 변경 요청`. */
export const announcedIn = (subject: string): string | null => announced.exec(subject)?.[1] ?? null;

/** `전화번호만 02-555-0199로 바꿔주세요`: labels and the values asked for. */
export function changesIn(prose: readonly Prose[]): Pair[] {
  return prose.flatMap(({ text, source }) =>
    (/로/.test(text) ? [...tidy(text).matchAll(changed)] : []).map(
      ([, label = '', value = '']): Pair => ({
        type: 'pair',
        label,
        value: value.trim(),
        source,
        firm: true,
      }),
    ),
  );
}
