/** Reading mail as a specification: every trap a clinic's mail program is known to set, and that none of them hangs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import {
  attachedMail,
  file,
  html,
  mail,
  multipart,
  type NameHabit,
  nameHabits,
  type Part,
  rawHeader,
  text,
  winmail,
  words,
  xlsx,
  zip,
} from '../../test/mail/build.ts';
import { damages } from '../../test/mail/corrupt.ts';
import { plainText } from '../../test/mail/plainText.ts';
import { NotAMessage, readMessage } from './mail.ts';
import type { Message, Source } from './message.ts';

const rare = '샾 됬 뷁 똠 펲';
const body = `병원명: 라온뷰티샾의원 ${rare}\n대표자: 김라온`;
const pdf = Buffer.from('%PDF-1.4 bytes');
const read = (part: Part, headers: Record<string, string> = {}, subject = '병원 등록'): Promise<Message> =>
  readMessage(mail(subject, part, headers));
const textsOf = (message: Message, source: Source = 'body'): string =>
  plainText({ blocks: message.blocks.filter((block) => block.source === source) });
const sample = (name: string): Promise<Message> =>
  readMessage(readFileSync(join(__dirname, '../../test/mail/samples', `${name}.eml`)));

describe('syllables that exist only in CP949', () => {
  it.each([
    ['utf-8', 'base64'],
    ['utf-8', 'quoted-printable'],
    ['utf-8', '8bit'],
    ['ks_c_5601-1987', 'base64'],
    ['ks_c_5601-1987', 'quoted-printable'],
    ['euc-kr', '8bit'],
    ['"EUC-KR"', 'base64'],
    ['x-windows-949', '8bit'],
    ['cp949', 'quoted-printable'],
    ['ms949', 'base64'],
    ['utf-16le', 'base64'],
  ] as const)('survive in a body of %s as %s, without a warning', async (declared, encoding) => {
    const charset = declared.replaceAll('"', '');
    const message = await read(text(body, { charset, declared, encoding }));
    expect(textsOf(message)).toBe(body);
    expect(message.warnings).toEqual([]);
  });
  it.each([
    ['nothing', null, 'utf-8'],
    ['nothing', null, 'cp949'],
    ['us-ascii', 'us-ascii', 'cp949'],
    ['iso-8859-1', 'iso-8859-1', 'cp949'],
    ['utf-8', 'utf-8', 'cp949'],
    ['euc-kr', 'euc-kr', 'utf-8'],
    ['a charset nobody knows', 'x-hanmail-9', 'cp949'],
  ])('survive when %s is declared, with a warning (%s is %s)', async (_, declared, charset) => {
    const message = await read(text(body, { charset, declared, encoding: '8bit' }));
    expect(textsOf(message)).toBe(body);
    expect(message.warnings).toEqual(['CHARSET_GUESSED']);
  });
  it('survive in an HTML body that only its own meta element declares', async () => {
    const page = `<html><head><meta charset=euc-kr></head><body>${rare}</body></html>`;
    const message = await read(html(page, { charset: 'cp949', declared: null, encoding: '8bit' }));
    expect(textsOf(message)).toBe(rare);
    expect(message.warnings).toEqual([]);
  });
  it.each([
    ['B words', words(rare)],
    ['words cut inside characters', words(rare, { every: 4 })],
    ['CP949 words cut inside characters', words(rare, { charset: 'ks_c_5601-1987', every: 3 })],
    ['words without space between', words(rare, { every: 5, between: '' })],
    ['Q words', words(rare, { encoding: 'Q', every: 5 })],
    ['raw UTF-8', rawHeader(rare)],
    ['raw CP949', rawHeader(rare, 'cp949')],
    ['a word broken by folding', words(rare, { every: 99 }).replace('?B?', '?B?\r\n ')],
    ['a word with a language', words(rare).replace('utf-8', 'utf-8*ko')],
  ])('survive in a subject of %s', async (_, subject) => {
    expect((await read(text('x'), { Subject: subject })).subject).toBe(rare);
  });
  it.each(Object.keys(nameHabits) as NameHabit[])('survive in a file name written as %s', async (naming) => {
    const name = `사업자등록증 ${rare}.pdf`;
    const { files } = await read(multipart('mixed', text('x'), file(name, pdf, { naming })));
    expect(files).toMatchObject([{ fileName: name, content: pdf, inline: false }]);
  });
  it('survive in a name that only Content-Type gives', async () => {
    const headers = [
      ['Content-Type', `application/pdf; name="${words(`${rare}.pdf`, { every: 5 })}"`],
    ] as const;
    const { files } = await read(multipart('mixed', text('x'), { headers, body: pdf }));
    expect(files[0]?.fileName).toBe(`${rare}.pdf`);
  });
  it.each(['iso-2022-kr', 'ISO-2022-KR'])('KS X 1001 as %s is read, in body and subject', async (charset) => {
    const korean = '병원명: 라온의원\n대표 김라온';
    const message = await read(text(korean, { charset, encoding: '8bit' }), {
      Subject: words('등록 신청', { charset, every: 200 }),
    });
    expect(textsOf(message)).toBe(korean);
    expect(message.subject).toBe('등록 신청');
  });
});

describe('the samples of clinics', () => {
  it('01: a table of Outlook in CP949, said once although it is there twice', async () => {
    const message = await sample('01_hospital_outlook_cp949_table');
    expect(message.subject).toBe('[병원등록] 라온뷰티샾의원 입점 신청드립니다 (사업자등록증 첨부)');
    expect(message.from).toEqual({ address: 'desk@raon-clinic.example', name: '라온뷰티샾의원' });
    expect(message.blocks.map(({ kind }) => kind)).toEqual(['text', 'table']);
    expect(textsOf(message)).toContain('상호(병원명): 라온뷰티샾의원');
    expect(textsOf(message)).toContain('서류 첨부됬습니다.');
    expect(message.files.map(({ fileName }) => fileName)).toEqual([
      '사업자등록증.pdf',
      '의료기관개설신고증명서_라온.pdf',
    ]);
    expect(message.warnings).toEqual([]);
  });
  it('02: a resident number is nowhere', async () => {
    const message = await sample('02_doctor_naver_utf8_rrn');
    expect(JSON.stringify(message)).not.toMatch(/1234567/);
    expect(message.warnings).toEqual(['RRN_REDACTED']);
    expect(message.files.map(({ fileName }) => fileName)).toEqual([
      '의사면허증_김라온.jpg',
      '전문의자격증_성형외과.jpg',
      'profile.jpg',
    ]);
  });
  it('03: names in NFC, the logo told from the pictures', async () => {
    const { files } = await sample('03_event_gmail_utf8_nfd');
    expect(files.map(({ fileName, inline }) => [fileName, inline])).toEqual([
      ['image001.jpg', true],
      ['이벤트_메인사진.jpg', false],
      ['상세페이지_01.jpg', false],
    ]);
  });
  it('05: rows of a sheet, days as days', async () => {
    const message = await sample('05_events_excel_bulk');
    const table = message.blocks.find((block) => block.kind === 'table');
    expect(table).toMatchObject({ source: 'sheet', name: '12월이벤트_다온.xlsx / 이벤트' });
    expect(table?.kind === 'table' && table.rows[2]?.slice(4, 8)).toEqual([
      '400000',
      '290000',
      '2026-12-01',
      '2027-01-31',
    ]);
    expect(table?.kind === 'table' && table.rows[4]?.slice(4, 8)).toEqual([
      '8만원',
      '5만원',
      '26.12.1',
      '27.2.28',
    ]);
  });
  it('06: the telephone that sent it is no part of what it says', async () => {
    const message = await sample('06_incomplete_freetext_phone');
    expect(textsOf(message)).toMatch(/부탁드려요!!$/);
  });
});

describe('what a letter carries beside itself', () => {
  const quoted = '병원명: 옛날의원\n전화: 02-000-0000';
  it.each([
    `On Mon, Nov 16, 2026 at 11:02 AM 닥터피치 <regist@drpitch.example>\nwrote:\n\n${quoted.replace(/^/gm, '> ')}`,
    `2026년 11월 16일 (월) 오전 11:02, 닥터피치 <regist@drpitch.example>님이 작성:\n\n${quoted}`,
    `-----Original Message-----\nFrom: "닥터피치" <regist@drpitch.example>\nTo: <desk@raon.example>\nSent: 2026-11-16 (월) 11:02:31\nSubject: 확인\n\n${quoted}`,
    `--------- 원본 메일 ---------\n보낸사람 : 닥터피치 <regist@drpitch.example>\n받는사람 : desk@raon.example\n날짜: 2026-11-16\n제목: 확인\n\n${quoted}`,
    `________________________________\n보낸 사람: 닥터피치 <regist@drpitch.example>\n보낸 날짜: 2026년 11월 16일\n받는 사람: desk\n제목: 확인\n\n${quoted}`,
    `---------[ 받은 메일 내용 ]----------\n제목 : 확인\n날짜 : 2026\n보낸이 : regist@drpitch.example\n\n${quoted}`,
    `2026년 11월 16일 (월) 오전 11:02, 닥터피치 <regist@drpitch.example>님이 보낸 메일:\n${quoted}`,
    `From: 닥터피치 <regist@drpitch.example>\nSent: Monday\nTo: desk\nSubject: RE: 확인\n\n${quoted}`,
  ])('a reply says what is new, not what it quotes: %#', async (history) => {
    const said = '전화번호만 02-555-0199로 바꿔 주세요.';
    const message = await read(text(`${said}\n\n${history}`), {
      Subject: words('Re: [DP-20261116-0001] 확인'),
      'In-Reply-To': '<a@b>',
    });
    expect(plainText(message)).toBe(said);
    expect(message.forwardedFrom).toBeNull();
    expect(message.inReplyTo).toEqual(['<a@b>']);
  });
  it('a reply below or between what it quotes is read whole', async () => {
    const message = await read(
      text('On 2026-11-16, 닥터피치 <a@b.kr> wrote:\n> 전화는?\n02-555-0199\n> 주소는?\n서울 강남구'),
      { Subject: 'Re: x' },
    );
    expect(plainText(message)).toBe('02-555-0199\n서울 강남구');
  });
  it('lines that begin with > are data when nothing is being answered', async () => {
    expect(plainText(await read(text('> 병원명: 라온의원\n> 대표자: 김라온')))).toBe(
      '병원명: 라온의원\n대표자: 김라온',
    );
  });
  it('history in HTML goes with its tables', async () => {
    const page = `<p>전화는 02-555-0199입니다.</p><div class="gmail_quote"><div class="gmail_attr">2026년 11월 16일 (월) 오전 11:02, 닥터피치 &lt;<a href="mailto:a@b.kr">a@b.kr</a>&gt;님이 작성:<br></div><blockquote class="gmail_quote"><table><tr><td>병원명</td><td>옛날의원</td></tr></table></blockquote></div>`;
    expect(plainText(await read(html(page), { Subject: 'Re: x' }))).toBe('전화는 02-555-0199입니다.');
  });

  it.each([
    [
      'Fwd: 등록',
      '---------- Forwarded message ---------\nFrom: 라온 <desk@raon.example>\nDate: 2026\nSubject: 등록\nTo: <a@agency.example>',
    ],
    [
      'FW: 등록',
      '-----Original Message-----\nFrom: 라온 <desk@raon.example>\nSent: 2026\nTo: a@agency.example\nSubject: 등록',
    ],
    [
      '전달: 등록',
      '보낸사람: "라온" <desk@raon.example>\n받는사람: a@agency.example\n보낸날짜: 2026\n제목: 등록',
    ],
    [
      '[전달] 등록',
      '---------- 전달된 메시지 ----------\n보낸 사람: 라온 <desk@raon.example>\n날짜: 2026\n제목: 등록',
    ],
    [
      'Fwd: 등록',
      'Begin forwarded message:\n\n> From: 라온 <desk@raon.example>\n> Subject: 등록\n> Date: 2026',
    ],
    ['등록 대행합니다', 'From: 라온 <desk@raon.example>\nSent: 2026\nTo: a@agency.example\nSubject: 등록'],
  ])('%s: what is handed on counts, and who said it (%#)', async (subject, block) => {
    const data = block.includes('\n> ') ? body.replace(/^/gm, '> ') : body;
    const message = await read(text(`아래 건 등록 부탁드립니다.\n\n${block}\n\n${data}`), {
      Subject: words(subject),
    });
    expect(textsOf(message)).toBe('아래 건 등록 부탁드립니다.');
    expect(textsOf(message, 'forwarded')).toContain(body);
    expect(message.forwardedFrom).toBe('desk@raon.example');
  });
  it('the header of what is handed on may be a table, as in some web mails', async () => {
    const head =
      '<table><tr><td>보낸사람</td><td>라온 desk@raon.example</td></tr><tr><td>제목</td><td>의사 등록</td></tr></table>';
    const message = await read(html(`<p>전달</p>${head}<p>병원명: 라온</p>`), { Subject: 'FW: x' });
    expect(textsOf(message, 'forwarded')).toBe('의사 등록\n병원명: 라온');
    expect(message.forwardedFrom).toBe('desk@raon.example');
  });
  it('a message handed on twice comes from its first sender, and its own history is not data', async () => {
    const inner = `From: 라온 <desk@raon.example>\nSent: 1\nTo: x\nSubject: RE: 등록\n\n${body}\n\nFrom: 대행 <b@agency.example>\nSent: 0\nTo: y\nSubject: 등록\n\n병원명: 옛날의원`;
    const outer = `FYI\n\nFrom: 대행 <a@agency.example>\nSent: 2\nTo: z\nSubject: FW: 등록\n\n${inner}`;
    const message = await read(text(outer), { Subject: 'FW: FW: x' });
    expect(message.forwardedFrom).toBe('desk@raon.example');
    expect(textsOf(message, 'forwarded')).toContain(body);
    expect(plainText(message)).not.toContain('옛날의원');
  });
  it.each(['message/rfc822', '.eml'])('a message attached as %s is read like one forwarded', async (kind) => {
    const inner = mail('이벤트 등록', multipart('mixed', text(body), file('면허증.pdf', pdf)), {
      From: 'clinic <kim@clinic.example>',
    });
    const attached = kind === '.eml' ? file('원본.eml', inner) : attachedMail(inner);
    const message = await read(multipart('mixed', text('전달드립니다'), attached));
    expect(textsOf(message, 'forwarded')).toContain(body);
    expect(textsOf(message, 'forwarded')).toContain('이벤트 등록');
    expect(message.files.map(({ fileName }) => fileName)).toContain('면허증.pdf');
    expect(message.forwardedFrom).toBe('kim@clinic.example');
  });

  it.each([
    '-- \n김실장\nT. 02-000-0000',
    '감사합니다.\n\n김실장 드림\n--------------------\n라온뷰티의원 | 실장 김실장\nT. 02-000-0000 | F. 02-000-0001\nE. kim@raon.example',
    '감사합니다.\n라온뷰티의원 마케팅팀\nTel : 02-000-0000\nMobile : 010-0000-0000\nwww.raon.example',
    '감사합니다\n==========\n전화: 02-000-0000\n주소: 서울시 강남구',
  ])('a signature is left out: %#', async (signature) => {
    const message = await read(text(`${body}\n\n${signature}`));
    expect(plainText(message)).toContain(body);
    expect(plainText(message)).not.toContain('000-0000');
  });
  it.each([
    '감사합니다.\n\n전화: 02-555-0101\n주소: 서울 강남구 테헤란로 1',
    '등록 부탁드립니다. 감사합니다.\n----------\n병원명: 라온의원\n대표자: 김라온\nT: 02-555-0101\nE: a@b.kr',
    '감사합니다\n■ 대표전화 : 02-555-0101\n■ 홈페이지 : www.raon.example',
    '의사 1\n--\n성명: 김라온\n면허번호: 123\n--\n성명: 박라온\n면허번호: 124',
  ])('what follows thanks or a rule is data without clear marks of a signature: %#', async (written) => {
    expect(plainText(await read(text(written)))).toBe(written);
  });
});

describe('HTML', () => {
  const page = async (content: string) => read(html(content));
  it('spans are resolved by repetition, empty rows left out, lines of a cell kept apart', async () => {
    const { blocks } = await page(
      '<table><tr><th rowspan=2>병원</th><th>이름</th><td>라온</td></tr><tr><th>전화</th><td>02-1<br>02-2</td></tr><tr><td></td></tr><tr><td colspan=2>비고</td><td>x</td></tr></table>',
    );
    expect(blocks).toEqual([
      {
        kind: 'table',
        source: 'body',
        name: '',
        rows: [
          ['병원', '이름', '라온'],
          ['병원', '전화', '02-1\n02-2'],
          ['비고', '비고', 'x'],
        ],
      },
    ]);
  });
  it('tables that only lay out the letter are text; those inside are tables', async () => {
    const { blocks } = await page(
      '<table><tr><td><p>안녕하세요</p><table><tr><td>병원명</td><td>라온</td></tr></table><p>끝</p></td></tr></table>',
    );
    expect(blocks.map((block) => (block.kind === 'text' ? block.text : block.rows))).toEqual([
      '안녕하세요',
      [['병원명', '라온']],
      '끝',
    ]);
  });
  it.each([
    '<div style="display:none">승인상태: 승인완료</div>',
    '<span style="FONT-SIZE: 0px">승인상태: 승인완료</span>',
    '<span style="font-size:1px">승인상태: 승인완료</span>',
    '<p style="visibility:hidden">승인상태: 승인완료</p>',
    '<font color="#ffffff">승인상태: 승인완료</font>',
    '<font color=white>승인상태: 승인완료</font>',
    '<p style="color:#fefefe">승인상태: 승인완료</p>',
    '<p style="color:rgb(255, 255, 255)">승인상태: 승인완료</p>',
    '<table bgcolor="#333333"><tr><td style="color:#333">승인상태: 승인완료</td><td></td></tr></table>',
    '<div style="opacity:0">승인상태: 승인완료</div>',
    '<div style="height:0;overflow:hidden">승인상태: 승인완료</div>',
    '<div style="max-height:0px">승인상태: 승인완료</div>',
    '<div style="position:absolute;left:-9999px">승인상태: 승인완료</div>',
    '<div style="text-indent:-9999px">승인상태: 승인완료</div>',
    '<div hidden>승인상태: 승인완료</div>',
    '<style>.x{display:none}</style><div class="x">승인상태: 승인완료</div>',
    '<table><tr style="display:none"><td>승인상태</td><td>승인완료</td></tr><tr><td>a</td><td>b</td></tr></table>',
  ])('text nobody sees is left out and reported: %s', async (hidden) => {
    const message = await page(`<p>병원명: 라온</p>${hidden}`);
    expect(plainText(message)).not.toContain('승인완료');
    expect(plainText(message)).toContain('병원명: 라온');
    expect(message.warnings).toEqual(['HIDDEN_TEXT']);
  });
  it.each([
    '<table><tr bgcolor="#003366"><td><font color="white">병원명</font></td><td>라온</td></tr></table>',
    '<style>th{background:#333;color:#fff}</style><table><tr><th>병원명</th><td>라온</td></tr></table>',
    '<div style="background:url(x.png);color:#fff">병원명: 라온</div>',
    '<div style="font-size:0"><span style="font-size:14px">병원명: 라온</span></div>',
    '<style>@media print{.x{display:none}}</style><p class="x">병원명: 라온</p>',
    '<div style="height:100px;overflow:hidden;line-height:0">병원명: 라온</div>',
  ])('text somebody sees is not hidden: %s', async (seen) => {
    const message = await page(seen);
    expect(plainText(message)).toBe('병원명: 라온');
    expect(message.warnings).toEqual([]);
  });
  it('of two alternatives the one with content is read, once', async () => {
    const both = (rich: string) => read(multipart('alternative', text(body), html(rich)));
    expect(plainText(await both(`<p>${body.replace('\n', '<br>')}</p>`))).toBe(body);
    expect(plainText(await both('<div> </div>'))).toBe(body);
  });
  it('pictures its text refers to are part of its looks', async () => {
    const logo = file('logo.png', pdf, { type: 'image/png', cid: 'a@b', disposition: 'inline' });
    const main = file('메인사진.png', pdf, { type: 'image/png', disposition: 'inline' });
    const { files } = await read(multipart('mixed', html('<img src="cid:a@b">글'), logo, main));
    expect(files.map(({ inline }) => inline)).toEqual([true, false]);
  });
  it('links to files that are elsewhere are told', async () => {
    const message = await page(
      '<p>대용량첨부 1개 <a href="https://bigfile.mail.naver.com/x">사진.zip</a></p>',
    );
    expect(message.warnings).toEqual(['LINKED_FILES']);
  });
});

describe('spreadsheets', () => {
  const rows = [
    ['12월 이벤트', null, null, null],
    ['병원명', '이벤트명', '시작일', '정상가'],
    ['라온의원', '쌍꺼풀', new Date('2026-12-01'), 1_320_000],
    [null, '코', 46358, '99만원'],
  ];
  const book = xlsx(
    { name: '이벤트', rows, merges: ['A1:D1', 'A3:A4'] },
    { name: '빈', rows: [] },
    { name: '의사', rows: [['성명'], ['김라온']] },
  );
  const withSheet = (name: string, content: Buffer) =>
    read(multipart('mixed', text('첨부 확인'), file(name, content)));
  it('come sheet by sheet, merged cells repeated, days as days, numbers bare', async () => {
    const { blocks, warnings } = await withSheet('이벤트.xlsx', book);
    expect(warnings).toEqual([]);
    expect(blocks.slice(1)).toEqual([
      {
        kind: 'table',
        source: 'sheet',
        name: '이벤트.xlsx / 이벤트',
        rows: [
          ['12월 이벤트', '12월 이벤트', '12월 이벤트', '12월 이벤트'],
          ['병원명', '이벤트명', '시작일', '정상가'],
          ['라온의원', '쌍꺼풀', '2026-12-01', '1320000'],
          ['라온의원', '코', '2026-12-02', '99만원'],
        ],
      },
      { kind: 'table', source: 'sheet', name: '이벤트.xlsx / 의사', rows: [['성명'], ['김라온']] },
    ]);
  });
  it.each(['utf-8', 'cp949'])('as CSV in %s are read, quotes and all', async (charset) => {
    const csv = '병원명,비고,정상가\r\n라온샾,"가, ""나""\n다","1,320,000"\r\n';
    const { blocks } = await withSheet('a.csv', Buffer.from(rawHeader(csv, charset), 'latin1'));
    expect(blocks[1]).toMatchObject({
      name: 'a.csv',
      rows: [
        ['병원명', '비고', '정상가'],
        ['라온샾', '가, "나"\n다', '1320000'],
      ],
    });
  });
  it('an .xls that is a web page is read; a real one is kept, with a warning', async () => {
    const page = await withSheet(
      'a.xls',
      Buffer.from('<table><tr><td>병원명</td><td>라온</td></tr></table>'),
    );
    expect(page.blocks[1]).toMatchObject({ source: 'sheet', rows: [['병원명', '라온']] });
    const real = await withSheet('a.xls', Buffer.from('d0cf11e0a1b11ae100', 'hex'));
    expect(real).toMatchObject({ warnings: ['UNSUPPORTED_SHEET'], files: [{ fileName: 'a.xls' }] });
  });
  it('that would burst are not opened, whatever they claim', async () => {
    const zeros = Buffer.alloc(30_000_000);
    const workbook = { name: 'xl/workbook.xml', content: Buffer.from('<workbook/>') };
    const honest = zip([workbook, { name: 'xl/worksheets/sheet1.xml', content: zeros }]);
    const lying = zip([workbook, { name: 'xl/worksheets/sheet1.xml', content: zeros, claimed: 1000 }]);
    expect((await withSheet('a.xlsx', honest)).warnings).toEqual(['SHEET_TOO_BIG']);
    expect((await withSheet('a.xlsx', lying)).warnings).toEqual(['SHEET_TOO_BIG']);
  });
  it('that are broken are files with a warning', async () => {
    const message = await withSheet('a.xlsx', book.subarray(0, 400));
    expect(message).toMatchObject({ warnings: ['UNREADABLE_ATTACHMENT'], files: [{ fileName: 'a.xlsx' }] });
  });
});

describe('files', () => {
  it('in a winmail.dat are taken out, titles in CP949', async () => {
    const dat = winmail([
      { title: `사업자등록증 ${rare}.pdf`, content: pdf },
      {
        title: 'SHORT~1.XLS',
        longName: '긴 이름 샾.xlsx',
        content: xlsx({ name: 's', rows: [['병원명', '라온']] }),
      },
    ]);
    const message = await read(
      multipart('mixed', text('x'), file('winmail.dat', dat, { type: 'application/ms-tnef' })),
    );
    expect(message.files.map(({ fileName }) => fileName)).toEqual([
      `사업자등록증 ${rare}.pdf`,
      '긴 이름 샾.xlsx',
    ]);
    expect(message.files[0]?.content).toEqual(pdf);
    expect(message.warnings).toEqual(['WINMAIL_UNPACKED']);
    expect(message.blocks.at(-1)).toMatchObject({ kind: 'table', rows: [['병원명', '라온']] });
  });
  it('more than fifty are too many', async () => {
    const many = Array.from({ length: 60 }, (_, index) => file(`${index}.pdf`, pdf));
    const message = await read(multipart('mixed', text('x'), ...many));
    expect(message.files).toHaveLength(50);
    expect(message.warnings).toEqual(['TOO_MANY_FILES']);
  });
  it('of text are read as what they are', async () => {
    const message = await read(
      multipart(
        'mixed',
        text('첨부'),
        file('내용.txt', Buffer.from(rawHeader(body, 'cp949'), 'latin1'), { type: 'text/plain' }),
      ),
    );
    expect(textsOf(message, 'attachedText')).toBe(body);
  });
  it('are the bytes that were sent, joined base64 and all', async () => {
    const headers = [
      ['Content-Type', 'application/pdf; name=a.pdf'],
      ['Content-Transfer-Encoding', 'base64'],
    ] as const;
    const joined = Buffer.from(
      `${Buffer.from('abcd').toString('base64')}\r\n${Buffer.from('efgh').toString('base64')}\r\n`,
    );
    const { files } = await read(multipart('mixed', text('x'), { headers, body: joined }));
    expect(files[0]?.content.toString()).toBe('abcdefgh');
  });
});

describe('redaction', () => {
  it('reaches subject, sender, text, cells and file names', async () => {
    const number = '８００１０１－1234567';
    const message = await read(
      multipart(
        'mixed',
        html(`<p>주민번호 ${number}</p><table><tr><td>주민등록번호</td><td>${number}</td></tr></table>`),
        file(`신분증_${number}.pdf`, pdf),
      ),
      { Subject: words(`의사 ${number}`), From: `${words(`김라온 ${number}`)} <a@b.kr>` },
    );
    expect(JSON.stringify({ ...message, files: message.files.map(({ fileName }) => fileName) })).not.toMatch(
      /1234567|８００１/,
    );
    expect(message.warnings).toEqual(['RRN_REDACTED']);
  });
  it('reaches numbers a sheet spreads over cells or robs of their zero', async () => {
    const sheet = xlsx({
      name: 's',
      rows: [
        ['성명', '주민등록번호'],
        ['김라온', 501_013_234_567],
        ['앞', '800101', '1234567'],
      ],
    });
    const message = await read(multipart('mixed', text('x'), file('a.xlsx', sheet)));
    expect(JSON.stringify(message.blocks)).not.toMatch(/1234567|3234567/);
    expect(message.warnings).toEqual(['RRN_REDACTED']);
  });
  it('tells a card', async () => {
    expect((await read(text('카드 4111-1111-1111-1111'))).warnings).toEqual(['CARD_REDACTED']);
  });
});

describe('who wrote', () => {
  it.each([
    [{ 'Auto-Submitted': 'auto-replied' }, 'auto'],
    [{ 'Auto-Submitted': 'no' }, null],
    [{ Precedence: 'bulk' }, 'bulk'],
    [{ 'List-Id': '<a.b>' }, 'bulk'],
    [{ 'List-Unsubscribe': '<mailto:a@b.kr>' }, 'bulk'],
    [{ From: 'Mail Delivery <MAILER-DAEMON@mx.example>' }, 'bounce'],
    [{ 'Return-Path': '<>' }, 'bounce'],
    [{ 'Return-Path': '<a@b.kr>' }, null],
    [{ From: 'noreply@shop.example' }, 'auto'],
  ] as const)('%j is %s', async (headers, automatic) => {
    expect((await read(text('x'), headers)).automatic).toBe(automatic);
  });
  it('a bounce hands nothing on', async () => {
    const message = await read(
      multipart('report', text('배달 실패'), attachedMail(mail('등록', text(body)))),
    );
    expect(message.automatic).toBe('bounce');
    expect(plainText(message)).toBe('배달 실패');
  });
  it('what a message says of its own signatures proves nothing', async () => {
    const results = 'mx.drpitch.example; dkim=pass header.d=raon.example; spf=pass; dmarc=pass';
    const message = await read(text('x'), { 'Authentication-Results': results, 'Received-SPF': 'Pass' });
    expect(message.authentication).toEqual({ server: null, spf: null, dkim: [], dmarc: null });
  });
  it('names and addresses come apart, whatever stands in the name', async () => {
    const message = await read(text('x'), {
      From: `"${words('김라온, 원장 <x@y.kr>', { encoding: 'Q', every: 99 })}" <Kim@Raon.example>`,
      'Reply-To': `${rawHeader('라온샾', 'cp949')} <raon@clinic.example>`,
      To: 'a@b.kr, =?utf-8?Q?=EA=B9=80,_=EB=9D=BC?= <c@d.kr>',
    });
    expect(message.from).toEqual({ address: 'kim@raon.example', name: '김라온, 원장 <x@y.kr>' });
    expect(message.replyTo).toBe('raon@clinic.example');
    expect(message.to).toEqual(['a@b.kr', 'c@d.kr']);
    expect(message.sentAt).toBe(Date.parse('2026-11-16T02:02:31Z'));
  });
  it('more than one sender is told', async () => {
    expect((await read(text('x'), { From: 'a@b.kr, c@d.kr' })).warnings).toEqual(['SEVERAL_SENDERS']);
  });
});

describe('what would take for ever does not', () => {
  const inTime = async (raw: Buffer): Promise<Message> => {
    const before = process.cpuUsage();
    const message = await readMessage(raw);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(5000);
    return message;
  };
  const nest = (depth: number): Part =>
    Array.from({ length: depth }).reduce<Part>((inner) => multipart('mixed', inner), text(body));
  const repeat = (unit: string, times: number) => html(unit.repeat(times), { encoding: '8bit' });
  it.each<[string, () => Part, string[]]>([
    [
      '20,000 parts',
      () => multipart('mixed', ...Array.from({ length: 20_000 }, () => text('x'))),
      ['TOO_MANY_PARTS'],
    ],
    ['500 nested parts', () => nest(500), ['TOO_MANY_PARTS']],
    ['50,000 nested elements', () => repeat('<div>', 50_000), ['HTML_SIMPLIFIED']],
    ['100,000 paragraphs never closed', () => repeat('<p>x', 100_000), ['TEXT_CUT']],
    ['50,000 cells never closed', () => repeat('<table><tr><td>x', 50_000), ['HTML_SIMPLIFIED']],
    [
      'a table of 100,000 rows',
      () => html(`<table>${'<tr><td>a</td><td>b</td></tr>'.repeat(30_000)}</table>`),
      [],
    ],
    [
      'spans without end',
      () =>
        html(`<table>${'<tr><td rowspan=999999 colspan=999999>a</td><td>b</td></tr>'.repeat(2000)}</table>`),
      [],
    ],
    ['200,000 closing tags', () => repeat('</div>', 150_000), []],
    ['a megabyte of <', () => repeat('<', 1_000_000), []],
    ['a megabyte of &', () => repeat('&#', 500_000), []],
    ['attributes never closed', () => repeat('<a b="', 150_000), []],
    ['a tag of spaces', () => html(`<a${' '.repeat(900_000)}`), []],
    ['tags of quotes', () => repeat(`<a ${'"\' '.repeat(1000)}>`, 300), []],
    ['scripts never closed', () => repeat('<script>x', 100_000), []],
    ['styles never closed', () => repeat('<style>x', 100_000), ['HTML_SIMPLIFIED']],
    ['comments never closed', () => repeat('<!--', 200_000), []],
    [
      '100,000 style rules',
      () => html(`<style>${'.a{display:none}'.repeat(100_000)}</style>${'<p class=a>x</p>'.repeat(5000)}`),
      [],
    ],
    ['3,000,000 empty lines', () => text('\n'.repeat(3_000_000), { encoding: '8bit' }), []],
    [
      '100,000 separators',
      () => text('-----Original Message-----\n'.repeat(100_000), { encoding: '8bit' }),
      [],
    ],
    ['100,000 header lines', () => text('From: a@b.kr\n'.repeat(100_000), { encoding: '8bit' }), []],
    ['100,000 closings', () => text('감사합니다\n'.repeat(100_000), { encoding: '8bit' }), []],
    ['5,000,000 digits', () => text('8001011'.repeat(700_000), { encoding: '8bit' }), []],
    ['spaced digits', () => text('8 0 0 1 0 1 '.repeat(100_000), { encoding: '8bit' }), []],
    [
      'a quoted-printable of equal signs',
      () => ({ ...text('', { encoding: 'quoted-printable' }), body: Buffer.alloc(5_000_000, '=') }),
      [],
    ],
  ])('%s', async (_, part, warnings) => {
    const message = await inTime(mail('x', part()));
    expect(message.warnings).toEqual(expect.arrayContaining(warnings));
  });
  it('headers of a megabyte', async () => {
    for (const value of [
      '=?utf-8?B?'.repeat(100_000),
      '<a@b.kr>, '.repeat(100_000),
      '"'.repeat(900_000),
      '('.repeat(900_000),
    ])
      for (const name of ['From', 'Subject', 'Content-Type', 'References', 'Authentication-Results'])
        await inTime(mail('x', { headers: [], body: Buffer.from('x') }, { [name]: value }));
  });
  it('text is cut at 200,000 characters', async () => {
    const message = await inTime(mail('x', text('가나다라\n'.repeat(200_000))));
    expect(message.warnings).toContain('TEXT_CUT');
    expect(plainText(message).length).toBeLessThanOrEqual(200_000);
  });
});

it('bytes without any header are no message', async () => {
  await expect(readMessage(Buffer.from([0xff, 0xfe, 0, 1]))).rejects.toBeInstanceOf(NotAMessage);
  await expect(readMessage(Buffer.alloc(0))).rejects.toBeInstanceOf(NotAMessage);
});

/** `MAIL_FUZZ_RUNS=10000 npx jest --selectProjects=unit --testPathPatterns src/mail -t damaged` looks longer. */
const runs = Number(process.env.MAIL_FUZZ_RUNS ?? 300);
it('damaged messages are read, or are no message; nothing else, and soon', async () => {
  const folder = join(__dirname, '../../test/mail/samples');
  const letters = [
    ...readdirSync(folder).map((name) => readFileSync(join(folder, name))),
    mail(
      'Fwd: 등록',
      multipart(
        'mixed',
        multipart(
          'alternative',
          text(body),
          html(`<table><tr><td>병원명</td><td>${rare}</td></tr></table>`, {
            charset: 'cp949',
            encoding: 'quoted-printable',
          }),
        ),
        file('winmail.dat', winmail([{ title: '가.csv', content: Buffer.from('병원명,라온') }]), {
          type: 'application/ms-tnef',
        }),
        file('a.xlsx', xlsx({ name: 's', rows: [['병원명', 46357]], merges: ['A1:B1'] }), {
          naming: 'rfc2231InPieces',
        }),
        attachedMail(mail('안', text(body, { charset: 'iso-2022-kr', encoding: '8bit' }))),
      ),
    ),
  ];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...letters), damages, async (letter, damage) => {
      const from = Date.now();
      const message = await readMessage(damage(letter)).catch((error: unknown) => {
        expect(error).toBeInstanceOf(NotAMessage);
        return null;
      });
      expect(Date.now() - from).toBeLessThan(5000);
      if (message) expect(JSON.stringify(message.blocks)).not.toContain('800101-1234567');
    }),
    { numRuns: runs },
  );
});

it('what is well-formed is read as the library the mail stand-in uses reads it', async () => {
  const name = fc.stringMatching(/^[가-힣a-z0-9]{1,20}$/);
  const words = fc.stringMatching(/^[가-힣a-z0-9,.]{1,10}( [가-힣a-z0-9,.]{1,10}){0,10}$/);
  const letters = fc.record({
    subject: words,
    lines: fc.array(words, { minLength: 1, maxLength: 5 }),
    charset: fc.constantFrom('utf-8', 'ks_c_5601-1987', 'euc-kr'),
    encoding: fc.constantFrom('base64', 'quoted-printable', '8bit'),
    files: fc.array(
      fc.record({
        name,
        content: fc.uint8Array({ minLength: 1, maxLength: 300 }),
        naming: fc.constantFrom('rfc2231', 'rfc2047', 'rfc2047Q'),
      }),
      { maxLength: 4 },
    ),
  });
  await fc.assert(
    fc.asyncProperty(letters, async ({ subject, lines, charset, encoding, files }) => {
      const parts = files.map(({ name, content, naming }) =>
        file(`${name}.jpg`, Buffer.from(content), { type: 'image/jpeg', naming }),
      );
      const raw = mail(subject, multipart('mixed', text(lines.join('\n'), { charset, encoding }), ...parts));
      const [ours, theirs] = [await readMessage(raw), await simpleParser(raw)];
      expect(ours.subject).toBe(theirs.subject);
      expect(ours.from?.name).toBe(theirs.from?.value[0]?.name);
      expect(plainText(ours)).toBe(theirs.text?.trim());
      expect(ours.files.map(({ fileName, content }) => [fileName, content])).toEqual(
        theirs.attachments.map(({ filename, content }) => [filename, content]),
      );
    }),
    { numRuns: 100 },
  );
});
