/** The ways a form is laid out: lines of text, and tables and lists of HTML. */
import type { Chance } from './chance.ts';
import type { FormPair } from './pairs.ts';

const spaced = (label: string) => [...label].join(' ');
const english: Readonly<Record<string, string>> = {
  병원명: 'Hospital',
  의원명: 'Clinic Name',
  대표자: 'CEO',
  주소: 'Address',
  전화번호: 'TEL',
  대표전화: 'Phone',
  홈페이지: 'Homepage',
  성명: 'Name',
  면허번호: 'License No.',
  이벤트명: 'Event',
  기간: 'Period',
  진료시간: 'Hours',
};

/** A label as one mail writes all of its labels. */
function labelHabit(chance: Chance): (label: string) => string {
  const isSpaced = chance.happens(0.15);
  const required = chance.pick(['', '', '', '', '(필수)', ' (필수)', '*', ' *']);
  const translates = chance.happens(0.15);
  const bilingual = chance.pick<(ko: string, en: string) => string>([
    (ko, en) => `${ko}(${en})`,
    (ko, en) => `${ko} (${en})`,
    (ko, en) => `${ko}/${en}`,
    (ko, en) => `${ko} ${en}`,
  ]);
  return (label) => {
    const word = isSpaced && /^[가-힣]{2,4}$/.test(label) ? spaced(label) : label;
    const en = english[label];
    const whole = translates && en ? bilingual(word, en) : word;
    return `${whole}${/[)*]$/.test(whole) ? '' : required}`;
  };
}

const circled = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮';

/** What stands before a label. `at`: its place in the form, from 0. */
function bulletHabit(chance: Chance): (at: number) => string {
  const marks = [
    '',
    '',
    '',
    '■ ',
    '▶ ',
    '● ',
    '※ ',
    '* ',
    '· ',
    '- ',
    '○ ',
    '◆ ',
    '□ ',
    '▷',
    '☞ ',
    '▶',
    '■',
    '★ ',
    '◎ ',
  ];
  const mark = chance.pick(marks);
  const numbered = chance.pick<(at: number) => string>([
    (at) => `${at + 1}. `,
    (at) => `${at + 1}) `,
    (at) => `(${at + 1}) `,
    (at) => `${circled[at] ?? '*'} `,
  ]);
  return chance.happens(0.2) ? numbered : () => mark;
}

type Line = (label: string, value: readonly string[]) => string;

/** How a label and its value stand on a line, or on several. */
function lineHabit(chance: Chance): Line {
  const joint = chance.pick([' / ', ' / ', '\n', '\n   ', '\n - ']);
  const colon = chance.pick([
    ' : ',
    ': ',
    ':',
    '：',
    ' ： ',
    ': ',
    ' : ',
    ' - ',
    '\t',
    '   ',
    '  ',
    ' = ',
    ' → ',
    ' | ',
    ' ▶ ',
  ]);
  const bracket = chance.pick(['[]', '<>', '【】', '〈〉', '「」']);
  const [open = '', close = ''] = bracket;
  return chance.pick<Line>([
    (label, value) => `${label}${colon}${value.join(joint)}`,
    (label, value) => `${label}${colon}${value.join(joint)}`,
    (label, value) => `${label}${colon}${value.join(joint)}`,
    (label, value) => `${open}${label}${close} ${value.join(joint)}`,
    (label, value) => `${open}${label}${close}\n${value.join('\n')}\n`,
    (label, value) => `${label}\n${value.join('\n')}\n`,
    (label, value) => `${label} :\n  ${value.join('\n  ')}`,
  ]);
}

/** A form as lines of plain text. */
export function asText(chance: Chance, pairs: readonly FormPair[]): string {
  const [labelled, bullet, lined] = [labelHabit(chance), bulletHabit(chance), lineHabit(chance)];
  const between = chance.pick(['\n', '\n', '\n', '\n\n']);
  return pairs.map(({ label, value }, at) => `${bullet(at)}${lined(labelled(label), value)}`).join(between);
}

const escaped = (words: string) =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function asTable(chance: Chance, pairs: readonly FormPair[], joint: string): string {
  const labelled = labelHabit(chance);
  const bullet = chance.happens(0.2) ? bulletHabit(chance) : () => '';
  const cell = chance.pick<(tag: string, words: string, attributes?: string) => string>([
    (tag, words, attributes = '') => `<${tag}${attributes}>${words}</${tag}>`,
    (tag, words, attributes = '') =>
      `<${tag} style='border:solid windowtext 1.0pt;padding:0cm 5.4pt'${attributes}><p class=MsoNormal><span lang=KO>${words}<o:p></o:p></span></p></${tag}>`,
    (tag, words, attributes = '') => `<${tag}${attributes}><div><b>${words}</b>&nbsp;</div></${tag}>`,
    (tag, words, attributes = '') => `<${tag}${attributes}>\n   ${words}\n  </${tag}>`,
  ]);
  const head = chance.pick(['th', 'td']);
  const colon = chance.pick(['', '', '', ' :', ':']);
  const label = ({ label: words }: FormPair, at: number) =>
    cell(head, escaped(`${bullet(at)}${labelled(words)}${colon}`), ' bgcolor="#eeeeee"');
  const value = (one: FormPair, attributes = '') =>
    cell('td', one.value.map(escaped).join(joint), attributes);
  const wide = chance.happens(0.4);
  const isFour = chance.happens(0.3);
  const title = chance.happens(0.3)
    ? `<tr><td colspan="${isFour ? 4 : wide ? 4 : 2}" align=center>${chance.pick(['등록 신청서', '기본 정보', '닥터피치 입점 신청서'])}</td></tr>`
    : '';
  const rows: string[] = [];
  for (let at = 0; at < pairs.length; at += 1) {
    const [one, next] = [pairs[at], pairs[at + 1]];
    if (!one) continue;
    if (isFour && next && one.value.length === 1 && next.value.length === 1 && chance.happens(0.7)) {
      rows.push(`<tr>${label(one, at)}${value(one)}${label(next, at + 1)}${value(next)}</tr>`);
      at += 1;
    } else rows.push(`<tr>${label(one, at)}${value(one, isFour || wide ? ' colspan="3"' : '')}</tr>`);
  }
  return `<table border=1 cellspacing=0>${title}${rows.join(chance.pick(['', '\n']))}</table>`;
}

/** A form as HTML. */
export function asHtml(chance: Chance, pairs: readonly FormPair[]): string {
  const joint = chance.pick(['<br>', ' / ', '<br/>\n', '</p><p>']);
  if (chance.happens(0.6)) {
    const inner = asTable(chance, pairs, joint);
    return chance.happens(0.25)
      ? `<table width="100%"><tr><td>&nbsp;</td><td>${inner}</td></tr></table>`
      : inner;
  }
  const [labelled, bullet] = [labelHabit(chance), bulletHabit(chance)];
  const colon = chance.pick([' : ', ': ', '&nbsp;:&nbsp;', '： ']);
  const line = ({ label, value }: FormPair, at: number) =>
    `${escaped(bullet(at))}<b>${escaped(labelled(label))}</b>${colon}${value.map(escaped).join(joint === '</p><p>' ? '<br>' : joint)}`;
  return chance.pick([
    () => pairs.map((one, at) => `<div>${line(one, at)}</div>`).join(''),
    () => pairs.map((one, at) => `<p>${line(one, at)}</p>`).join('\n'),
    () => pairs.map(line).join('<br>\n'),
    () => `<ul>${pairs.map((one, at) => `<li>${line(one, at)}</li>`).join('')}</ul>`,
    () =>
      `<dl>${pairs.map((one) => `<dt>${escaped(labelled(one.label))}</dt><dd>${one.value.map(escaped).join('<br>')}</dd>`).join('')}</dl>`,
    () => `<pre>${escaped(asText(chance, pairs))}</pre>`,
  ])();
}
