/**
 * What one line says: labels with their values, a person in charge, an offer. Knows nothing of the lines around it. Looks
 * at a bounded number of separators, so that it takes time linear in the length of the line.
 */
import { tidy } from '../../kernel/korean.ts';
import {
  canonical,
  fieldOf,
  isContactLabel,
  isDayLabel,
  isKnownLabel,
  isPlainLabel,
  isWeakLabel,
} from './labels.ts';
import {
  bullet,
  courtesy,
  fieldsOf,
  isSentence,
  isWhole,
  looksLike,
  plainLength,
  selfEvident,
  type Told,
} from './lineShapes.ts';
import { pricesIn, vatIn } from './offerValues.ts';
import { readPerson, titledNames } from './people.ts';
import { setApart } from './spacing.ts';

const boundary = /[\s/|,;·•(、[\]】>]/;
const maxSeparators = 40;

interface Cut {
  readonly labelAt: number;
  readonly valueAt: number;
  readonly label: string;
}

/** The longest known label that ends right before `end`, not reaching before `from`. */
function labelBefore(line: string, from: number, end: number): { at: number; label: string } | null {
  for (let at = Math.max(from, end - 26); at < end; at += 1) {
    if (at > from && !boundary.test(line[at - 1] ?? '')) continue;
    const label = line.slice(at, end).trim();
    // Behind a value a spaced slash parts it from the next label: `전문의: 피부과 전문의 / 자격번호: 3456`.
    if (from > 0 && / [/|] /.test(label)) continue;
    if (label !== '' && !/^[\s/|,;·]/.test(line.slice(at, end)) && isKnownLabel(label)) return { at, label };
  }
  return null;
}

const isTime = (line: string, at: number) =>
  /\d\s?$/.test(line.slice(Math.max(0, at - 3), at)) && /^\s?\d{2}(?!\d)/.test(line.slice(at + 1, at + 5));

/** A colon-separated label nobody has told us of. */
function unknownLabel(words: string): string | null {
  const label = tidy(words);
  const fits =
    label.length >= 1 && label.length <= 20 && /^[\p{L}(]/u.test(label) && !/[.?!~,;]$/.test(label);
  return fits && !/^(https?|re|fw|fwd|ps|p\.s)$/i.test(label) && !/[?!~]|니다|세요|어요/.test(label)
    ? label
    : null;
}

/** Where labels and their values begin in a line. */
function cutsOf(line: string): Cut[] {
  const cuts: Cut[] = [];
  let from = 0;
  let seen = 0;
  for (const match of line.matchAll(/[:=]/g)) {
    seen += 1;
    if (seen > maxSeparators) break;
    const end = match.index;
    const found = labelBefore(line, from, end);
    if (isTime(line, end) && !(found && /[^\d]$/.test(found.label))) continue;
    if (found) cuts.push({ labelAt: found.at, valueAt: end + 1, label: found.label });
    else if (match[0] === ':' && !/^\/\/|^\d/.test(line.slice(end + 1, end + 3))) {
      const delimiter =
        cuts.length > 0 ? Math.max(...[' / ', ' | ', '; '].map((d) => line.lastIndexOf(d, end))) : 0;
      const at = cuts.length > 0 ? delimiter + 3 : 0;
      if (cuts.length > 0 && delimiter < from) continue;
      const label = unknownLabel(line.slice(at, end));
      if (label === null) continue;
      cuts.push({ labelAt: at, valueAt: end + 1, label });
    } else continue;
    from = end + 1;
  }
  return cuts;
}

const trimValue = (value: string) =>
  value
    .replace(/^[\s:=\-–—→]+(?=\S)(?<![-–—]\d)/, '')
    .replace(/[\s/|,;·([]+$/, '')
    .trim();

const bracketed =
  /^[[【<〔「『《〈]\s?([^\]】>〕」』》〉]{1,24}?)\s?[\]】>〕」』》〉]\s?(?:[(（]?(?:필수|\*)[)）]?)?\s*[:=]?\s*(.*)$/;
const dashed = /^(.{1,30}?)\s*(?:[-–—→|\p{So}♥♡]|\.{2,}|…)\s*(?<=\s)(\S.*)$/u;
/** `병원명 ) 라온의원` */
const closed = /^([^()]{1,20}?)\s?\)\s*(\S.*)$/;
/** `사업자등록번호 120-81-47521`, `■ 병원명 라온의원`: a label and a value with nothing but a space between them. */
function spacedPair(line: string, hadBullet: boolean): Told | null {
  for (let at = Math.min(line.length - 1, 20); at > 0; at -= 1) {
    if (line[at] !== ' ') continue;
    const label = line.slice(0, at);
    if (plainLength(label) < 2 || /\d{3}/.test(label) || !isKnownLabel(label) || !isWhole(label)) continue;
    const value = line.slice(at + 1).trim();
    const fields = fieldsOf(label);
    // `정상가 300만 이벤트가 220만` is an offer of whatever stands above it.
    if (fields.includes('priceBefore') && pricesIn(line)) return null;
    const isNumber = /^[제₩+(]*\s?\d/.test(value) && !(isSentence(value) && value.length > 25);
    // `전화번호는 02-555-0101이고요 주소는 …` is a sentence, whatever it ends with.
    if (/(?:이고|이며|이구)요?,?\s|(?:입니다|이에요|예요)[.!~]?\s/.test(value)) return null;
    if (isNumber && fields.some((field) => selfEvident.has(field)))
      return [withoutParticle(label), value, !isSentence(value)];
    if (
      isSentence(value) ||
      value.length > 80 ||
      isDayLabel(label) ||
      (isWeakLabel(label) && !/명$/.test(label))
    )
      return null;
    if (hadBullet) return [label, value, true];
    return fields.some((field) => looksLike[field]?.(value)) ? [label, value, false] : null;
  }
  return null;
}
const withoutParticle = (label: string) => {
  const bare = label.replace(/(은|는|이|가)$/, '');
  return canonical(label) === canonical(bare) ? bare : label;
};

const statement = /^(.{2,16}?)(?:은|는|이|가)\s(.{1,60}?)\s?(?:입니다|이에요|예요|에요|임)[.!]?$/;

/** A line that is nothing but `병원명은 라온의원입니다`. */
function statedPair(line: string): Told | null {
  const [, label = '', value = ''] = statement.exec(line) ?? [];
  const isOne = isPlainLabel(label) && !/[,:]|이고\s|이며\s|이구\s|[고구]요\s|[가-힣][은는]\s/.test(value);
  return isOne ? [label, value, true] : null;
}

/** `김라온 원장 (피부과 전문의, 면허번호 12345)`: what stands in brackets or behind commas is said of the person. */
function profileParts(line: string): string[] {
  const [, head = '', inside = ''] =
    /^([^([,]{2,20}?)\s?(?:[([](.{4,200})[)\]]|,\s(.{4,200}))\s*$/.exec(line) ?? [];
  const isPerson = titledNames(head).length === 1 && readPerson(head) !== null;
  const rest = inside === '' ? line.slice(head.length + 1) : inside;
  return isPerson
    ? [head, ...rest.split(/\s?[,/|]\s?/).map((part) => part.replace(/\s?[:：]\s?/, ' ').trim())]
    : [];
}

const isPriceLabel = (label: string) => /^price/.test(fieldOf('event', label) ?? '');

/** What stands before the first label of a line: the offer its prices are of, the person its numbers are of. */
function leading(words: string, label: string): Told[] {
  const head = words.replace(/[\s/|,:(–-]+$/, '');
  if (head.length < 2 || head.length > 60 || isSentence(head)) return [];
  if (isPriceLabel(label)) return [[null, head, false, 'title']];
  if (fieldOf('hospital', label) === 'businessNumber' && looksLike.hospitalName?.(head))
    return [[null, head, false, 'hospitalName']];
  const isPerson = titledNames(head).length === 1 && readPerson(head) !== null;
  return isPerson && fieldOf('doctor', label) !== null ? [[null, head, false, 'name']] : [];
}

/** `라온의원, 대표 김라온, 전화 02-555-0101`: parted by commas where labels begin; none when fewer than two do. */
function labelledParts(line: string): string[] {
  if (/니다|[어아에해]요|이고[\s,]|이며[\s,]/.test(line)) return [];
  const parts: string[] = [];
  let labels = 0;
  for (const part of line.split(/,\s/).slice(0, maxSeparators)) {
    const isLabelled = spacedPair(part, false) !== null;
    if (isLabelled) labels += 1;
    if (isLabelled || parts.length === 0) parts.push(part);
    else parts.push(`${parts.pop()}, ${part}`);
  }
  return labels >= 2 ? parts : [];
}

/** Parts of `1) 김라온 원장 / 면허번호 12345 / 성형외과 전문의(제4567호)`; none when no part has a label. */
function partsOfLine(line: string): Told[] {
  const profile = profileParts(line);
  const slashed = profile.length > 1 ? profile : line.split(/\s[/|]\s/);
  const parts = (slashed.length > 1 ? slashed : labelledParts(line)).slice(0, maxSeparators);
  if (parts.length < 2) return [];
  const pairs = parts.map((part) => spacedPair(part, false));
  const isOffer = pairs.some((pair) => pair?.[0] && isPriceLabel(pair[0]));
  const told = parts.map((part, index): Told | null => {
    const pair = pairs[index];
    if (pair) return pair;
    const number = /^(?:전문의\s?)?자격증?\s?(제?\s?\d{1,6}\s?호?)$/.exec(part)?.[1];
    if (number) return ['자격번호', number, false];
    if (index === 0 && isOffer) return [null, part, false, 'title'];
    const isTitled =
      titledNames(part).length === 1 || /^(?:대표|부)?원장|^(?:봉직|대표)?의사?$/.test(parts[1] ?? '');
    if (index === 0 && isTitled && readPerson(part)) return [null, part, false, 'name'];
    if (index === 0 && looksLike.hospitalName?.(part)) return [null, part, false, 'hospitalName'];
    return /전문의|일반의/.test(part) ? ['전문의', part, false] : null;
  });
  return told.some((one) => one?.[0]) ? told.filter((one) => one !== null) : [];
}

const firstPrice = /\s*[:,(]?\s*(?:정상가|정가|기존가?)?\s*[₩￦]?\s?\d[\d,.]*\s?(?:만|천)?\s?\d*\s?천?\s?원/;

/** `1. 울쎄라 300샷 99만원 → 79만원`: an offer on one line. */
function offerOf(line: string): Told[] {
  const at = line.length <= 200 && pricesIn(line) ? line.search(firstPrice) : -1;
  const title = (at > 1 ? line.slice(0, at) : '')
    .replace(/["'“”‘’]/g, '')
    .replace(/[\s:,(–-]+$/, '')
    .replace(/^(?:이벤트명|시술명|상품명|이벤트|행사명)(?:은|는)\s/, '')
    .replace(/(?<=[가-힣\d)a-z])(?:이고|이며|입니다)$/, '');
  if (
    isKnownLabel(title) ||
    title.length < 2 ||
    title.length > 60 ||
    isSentence(title) ||
    courtesy.test(line)
  )
    return [];
  return [
    [null, title, false, 'title'],
    [null, line.slice(at).trim(), false, 'prices'],
  ];
}
/** Label and value of a line, or several of them; none when it is prose. `isSpaced`: spaces alone part the two. */
export function pairsOfLine(raw: string, isSpaced = false): Told[] {
  const spread = raw.split(/\t+| {3,}/).map(tidy);
  const cells = spread.filter((cell) => cell !== '');
  const [first = '', second = ''] = cells;
  if (cells.length >= 2 && !/[:=]/.test(first) && isKnownLabel(first) && !isKnownLabel(second))
    return cellPairs(cells);
  const tidied = tidy(raw);
  const line = tidied.replace(bullet, '').replace(bullet, '');
  const framed = bracketed.exec(tidied) ?? bracketed.exec(line);
  const inside = framed?.[1]?.replace(/\s?:$/, '') ?? '';
  if (inside !== '' && !/[:=]/.test(inside) && isKnownLabel(inside) && (framed?.[2] ?? '') !== '')
    return [[inside, framed?.[2] ?? '', true]];
  const apart = isSpaced ? setApart(line) : null;
  if (apart) return [apart];
  const profile = profileParts(line).length > 1 ? partsOfLine(line) : [];
  if (profile.length > 0) return profile;
  // `진료시간 | 평일 10시~19시 / 휴진: 일요일`: the colon parts words of the value.
  const hours = dashed.exec(line);
  if (hours?.[1] && hours[2] && isPlainLabel(hours[1]) && fieldsOf(hours[1]).includes('hours'))
    return [[hours[1], hours[2].trim(), true]];
  const cuts = cutsOf(line);
  const [firstCut] = cuts;
  // `엘란쎄 1cc : 60만원 → 45만원`: a label nobody knows before two prices is what they are for.
  if (cuts.length === 1 && firstCut && !isKnownLabel(firstCut.label)) {
    const offer = offerOf(line);
    if (offer.length > 0) return offer;
  }
  if (firstCut) {
    const told = cuts.map((cut, index) => {
      const value = line.slice(cut.valueAt, cuts[index + 1]?.labelAt ?? line.length);
      // `담당자: 박실장 / 연락처: 010-…` is the contact's number, not the hospital's.
      const isContacts =
        isContactLabel(cuts[index - 1]?.label ?? '') && fieldOf('hospital', cut.label) === 'phone';
      return [isContacts ? `담당자 ${cut.label}` : cut.label, trimValue(value), true] as const;
    });
    return [...leading(line.slice(0, firstCut.labelAt), firstCut.label), ...told];
  }
  const dash = dashed.exec(line) ?? closed.exec(line);
  if (dash?.[1] && isKnownLabel(dash[1]) && dash[2]) return [[dash[1], dash[2].trim(), true]];
  const parts = partsOfLine(line);
  if (parts.length > 0) return parts;
  if (/^\D{2,20}$/.test(line) && vatIn(line) !== null && isKnownLabel(line)) return [['VAT', line, true]];
  const one = statedPair(line) ?? spacedPair(line, line !== tidied);
  return one ? [one] : offerOf(line);
}

/** `label value label value …` as cells of one line or table row. */
function cellPairs(cells: readonly string[]): Told[] {
  const told: Told[] = [];
  for (const cell of cells) {
    const last = told.at(-1);
    if (isKnownLabel(cell)) told.push([cell, '', true]);
    else if (last) told[told.length - 1] = [last[0], `${last[1]} ${cell}`.trim(), true];
  }
  return told.map(([label, value, firm]) => [label, value.replace(/^[:=]\s*/, ''), firm]);
}
