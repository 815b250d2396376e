/** How our letters look: one column that any mail program shows, and the same as plain text. Pure. */

export interface Letter {
  /** First line, such as `민지님, 안녕하세요.` */
  readonly greeting: string;
  readonly paragraphs: readonly string[];
  /** A button. Its address, http or https, also stands in full: some programs show no buttons. */
  readonly action?: { readonly label: string; readonly url: string };
  /** Something to type in, shown large. */
  readonly code?: string;
  /** Small print about this letter, such as what to do when one did not ask for it. */
  readonly footer: string;
  /** True where an answer by mail is read (MAIL_REPLY_TO); otherwise the letter says that none is. */
  readonly answerable?: boolean;
}

export interface Rendered {
  readonly text: string;
  readonly html: string;
}

const sendOnly = '이 메일은 발신 전용이라 회신하셔도 답변을 드릴 수 없습니다.';

function smallPrint({ footer, answerable = false }: Letter): string[] {
  return [footer, ...(answerable ? [] : [sendOnly]), '닥터피치 드림'].filter((line) => line !== '');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const escaped = (value: string): string => value.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

/** As one normalised address; anything but http(s) would be a program's to run. */
function webAddress(value: string): string {
  const url = URL.parse(value);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') throw new TypeError('not a web address');
  return url.href;
}

const lines = (value: string) => escaped(value).replaceAll('\n', '<br>');
const paragraph = (inner: string) => `<p style="margin:0 0 16px">${inner}</p>`;

function codeBlock(code: string): string {
  const style =
    'margin:0 0 16px;padding:16px;background:#f5f5f5;border-radius:8px;text-align:center;font-size:28px;font-weight:700;letter-spacing:6px';
  return `<p style="${style}">${escaped(code)}</p>`;
}

function button(label: string, url: string): string {
  const style =
    'display:inline-block;padding:14px 24px;background:#b3261e;color:#ffffff;border-radius:8px;font-weight:700;text-decoration:none';
  const href = escaped(url);
  const plain = `버튼이 눌리지 않으면 이 주소를 여세요.<br><a href="${href}" style="color:#b3261e;word-break:break-all">${href}</a>`;
  return `${paragraph(`<a href="${href}" style="${style}">${escaped(label)}</a>`)}\n${paragraph(plain)}`;
}

function htmlOf(content: Letter, url: string | null): string {
  const { greeting, paragraphs, action, code } = content;
  const body = [
    paragraph(lines(greeting)),
    ...paragraphs.map((each) => paragraph(lines(each))),
    ...(code === undefined ? [] : [codeBlock(code)]),
    ...(action && url ? [button(action.label, url)] : []),
  ];
  const small = smallPrint(content).map((line) => paragraph(lines(line)));
  const font = "font-family:'Apple SD Gothic Neo','Malgun Gothic',sans-serif;font-size:16px;line-height:1.6";
  return [
    '<!doctype html>',
    '<html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>닥터피치</title></head>',
    `<body style="margin:0;padding:24px;background:#ffffff;color:#1f1f1f;${font}">`,
    '<div style="max-width:560px;margin:0 auto">',
    ...body,
    '<div style="margin-top:32px;padding-top:16px;border-top:1px solid #dddddd;color:#5f5f5f;font-size:13px">',
    ...small,
    '</div></div></body></html>',
    '',
  ].join('\n');
}

function textOf(content: Letter, url: string | null): string {
  const { greeting, paragraphs, action, code } = content;
  const parts = [
    greeting,
    ...paragraphs,
    ...(code === undefined ? [] : [`    ${code}`]),
    ...(action && url ? [`${action.label}:\n${url}`] : []),
    ['--', ...smallPrint(content)].join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Lays a letter out. Throws a TypeError when the action's address is not http or https. */
export function letter(content: Letter): Rendered {
  const url = content.action ? webAddress(content.action.url) : null;
  return { text: textOf(content, url), html: htmlOf(content, url) };
}
