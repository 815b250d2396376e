/** What stands around a form in a mail, and how the mail is sent. */
import { html, mail, multipart, type Part, text, words } from '../../mail/build.ts';
import type { Chance } from './chance.ts';

export function greeting(chance: Chance, clinic: string): string {
  return chance.pick([
    '',
    '안녕하세요.\n',
    `안녕하세요, ${clinic}입니다.\n아래와 같이 등록 요청드립니다.\n`,
    `안녕하십니까. ${clinic} 담당자입니다.\n항상 감사드립니다.\n\n하기 내용으로 등록 부탁드립니다.\n`,
    '수고 많으십니다.\n아래 내용 확인 부탁드립니다.\n',
    '안녕하세요 :)\n등록 신청합니다~!\n',
  ]);
}

export function ending(chance: Chance, clinic: string): string {
  const mobile = `010-${chance.digits(4)}-${chance.digits(4)}`;
  const signature = chance.pick([
    '',
    '',
    `\n-- \n${clinic} 박실장\nT. 02-999-1234 | M. ${mobile}\n`,
    `\n${clinic} 마케팅팀 드림\n`,
    `\n\n----------------------------\n박실장 | ${clinic}\nTel 02-999-1234  Fax 02-999-1235\nE-mail desk@raon.example\n`,
    '\n\n나의 iPhone에서 보냄\n',
  ]);
  const disclaimer = chance.happens(0.2)
    ? '\n본 메일은 지정된 수신인만을 위한 것이며, 부정경쟁방지 및 영업비밀보호에 관한 법률을 포함하여 관련 법령에 따라 보호의 대상이 되는 정보를 포함하고 있을 수 있습니다.\n'
    : '';
  return `${chance.pick(['', '감사합니다.\n', '잘 부탁드립니다.\n감사합니다\n', '확인 부탁드립니다.\n', '첨부파일 확인 부탁드립니다. 감사합니다.\n'])}${signature}${disclaimer}`;
}

const asLines = (words: string): string =>
  words
    .split('\n')
    .map((line) => `<div>${line === '' ? '<br>' : line}</div>`)
    .join('');

/** The whole letter in HTML. */
export const page = (before: string, form: string, after: string): string =>
  `<html><head><style>p.MsoNormal{margin:0cm;font-size:10.0pt}</style></head><body>${asLines(before)}${form}${asLines(after)}</body></html>`;

const inKorean = (words: string) => words.replaceAll('₩', '￦');

/** Habits of a program: charset as declared, transfer encoding. */
function habitOf(chance: Chance, charsets: readonly string[]) {
  const declared = chance.pick(charsets);
  return {
    charset: /utf/i.test(declared) ? 'utf-8' : 'cp949',
    declared,
    encoding: chance.pick(['base64', 'quoted-printable', '8bit'] as const),
  };
}

export const anyCharset = ['utf-8', 'utf-8', 'UTF-8', 'ks_c_5601-1987', 'euc-kr'];

export function plainPart(chance: Chance, letter: string, charsets: readonly string[] = anyCharset): Part {
  const habit = habitOf(chance, charsets);
  const decomposed = habit.charset === 'utf-8' && chance.happens(0.15);
  return text(inKorean(decomposed ? letter.normalize('NFD') : letter), habit);
}

/** HTML, alone or beside the text a program makes of it. */
export function htmlPart(
  chance: Chance,
  letter: string,
  plain: string,
  charsets: readonly string[] = anyCharset,
): Part {
  const habit = habitOf(chance, charsets);
  const rich = html(inKorean(letter), habit);
  return chance.happens(0.5) ? multipart('alternative', text(inKorean(plain), habit), rich) : rich;
}

export function mailOf(
  chance: Chance,
  subject: string,
  part: Part,
  headers: Readonly<Record<string, string>> = {},
): Buffer {
  const charset = chance.pick(['utf-8', 'utf-8', 'ks_c_5601-1987', 'euc-kr']);
  const habit = { charset, encoding: chance.pick(['B', 'Q'] as const), every: chance.pick([24, 30, 300]) };
  return mail(subject, part, { Subject: words(subject, habit), ...headers });
}
