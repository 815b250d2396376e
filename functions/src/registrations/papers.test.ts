import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { inspect } from '../platform/fileFormat.ts';
import { judgePaper, maxPaperBytes, paperComplaint, paperRole, paperRoles, wantedPapers } from './papers.ts';

const bytes = (...head: number[]) => Buffer.concat([Buffer.from(head), Buffer.alloc(64)]);
const latin = (text: string) => Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc(64)]);

interface Entry {
  readonly name: string;
  readonly size?: number;
  readonly encrypted?: boolean;
}
/** A zip with these entries; sizes are what its directory says. */
function zip(...entries: readonly Entry[]): Buffer {
  const body = deflateRawSync(Buffer.from('x'));
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, size = 1, encrypted = false } of entries) {
    const fileName = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(encrypted ? 1 : 0, 6);
    local.writeUInt16LE(fileName.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(encrypted ? 1 : 0, 8);
    central.writeUInt32LE(body.length, 20);
    central.writeUInt32LE(size, 24);
    central.writeUInt16LE(fileName.length, 28);
    central.writeUInt32LE(at, 42);
    parts.push(local, fileName, body);
    directory.push(central, fileName);
    at += local.length + fileName.length + body.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...directory, end]);
}
const compound = (...streams: string[]) =>
  Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    ...streams.map((stream) => Buffer.from(`${stream}\0`, 'utf16le')),
  ]);

const jpg = bytes(0xff, 0xd8, 0xff, 0xe0);
const png = bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const pdf = latin('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>');
const exe = latin('MZ\u0090\0\u0003\0\0\0');
const xlsx = zip({ name: '[Content_Types].xml' }, { name: 'xl/workbook.xml' });
const judged = (fileName: string, content: Buffer, contentType = 'application/octet-stream') =>
  judgePaper({ fileName, contentType, content });

describe('what a file is, by its bytes', () => {
  it.each([
    ['jpg', jpg],
    ['png', png],
    ['gif', latin('GIF89a')],
    ['webp', Buffer.from('RIFF\0\0\0\0WEBPVP8 ')],
    ['heic', latin('\0\0\0\u0018ftypheic')],
    ['heic', latin('\0\0\0\u0018ftypmif1')],
    ['pdf', pdf],
    ['pdf', latin('\r\n\r\n%PDF-1.7')],
    ['xlsx', xlsx],
    ['docx', zip({ name: 'word/document.xml' })],
    ['pptx', zip({ name: 'ppt/presentation.xml' })],
    ['hwpx', zip({ name: 'mimetype' }, { name: 'version.xml' }, { name: 'Contents/section0.xml' })],
    ['jar', zip({ name: 'META-INF/MANIFEST.MF' }, { name: 'A.class' })],
    ['zip', zip({ name: '사진.jpg' })],
    ['zip', zip()],
    ['zip', latin('PK\u0003\u0004damaged')],
    ['xls', compound('Workbook')],
    ['xls', compound('Book')],
    ['doc', compound('WordDocument')],
    ['ppt', compound('PowerPoint Document')],
    ['hwp', compound('FileHeader', 'DocInfo')],
    ['cfb', compound('Something')],
    ['msi', Buffer.concat([compound('x'), Buffer.from('Windows Installer')])],
    ['rar', latin('Rar!\u001a\u0007')],
    ['7z', bytes(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c)],
    ['gz', bytes(0x1f, 0x8b, 8)],
    ['exe', exe],
    ['elf', bytes(0x7f, 0x45, 0x4c, 0x46)],
    ['macho', bytes(0xcf, 0xfa, 0xed, 0xfe)],
    ['macho', bytes(0xfe, 0xed, 0xfa, 0xcf)],
    ['class', bytes(0xca, 0xfe, 0xba, 0xbe)],
    ['lnk', bytes(0x4c, 0, 0, 0, 1, 0x14, 2)],
    ['script', Buffer.from('#!/bin/sh\nrm')],
    ['script', Buffer.from('<?php echo 1;')],
    ['script', Buffer.from('@echo off\r\n')],
    ['html', Buffer.from('\ufeff <!DOCTYPE html><html>')],
    ['html', Buffer.from('hello <script>alert(1)</script>')],
    ['svg', Buffer.from('<?xml version="1.0"?><svg xmlns="">')],
    ['eml', Buffer.from('Received: from a\r\nSubject: b\r\n\r\nc')],
    ['rtf', Buffer.from('{\\rtf1')],
    ['text', Buffer.from('병원명: 라온의원')],
    ['text', Buffer.from('MZ세대를 위한 이벤트')],
    ['bmp', Buffer.concat([Buffer.from('BM\0\0\0\0'), Buffer.alloc(30)])],
    ['tiff', bytes(0x49, 0x49, 0x2a, 0)],
    ['unknown', bytes(1, 2, 3)],
    ['empty', Buffer.alloc(0)],
  ])('%s', (format, content) => expect(inspect(content).format).toBe(format));

  it.each([
    ['an encrypted PDF', latin('%PDF-1.6\ntrailer<</Encrypt 5 0 R/Root 1 0 R>>')],
    ['an encrypted zip', zip({ name: 'a.jpg', encrypted: true })],
    ['an encrypted document', compound('EncryptionInfo', 'EncryptedPackage')],
  ])('knows %s', (_, content) => expect(inspect(content).isEncrypted).toBe(true));
  it.each([
    ['a PDF with a script', latin('%PDF-1.6\n<</OpenAction<</S/JavaScript/JS(x)>>>>')],
    ['a sheet with macros', zip({ name: 'xl/workbook.xml' }, { name: 'xl/vbaProject.bin' })],
    ['an old sheet with macros', compound('Workbook', '_VBA_PROJECT')],
    ['a program in an archive', zip({ name: '면허증.pdf.exe' })],
  ])('knows %s', (_, content) => expect(inspect(content).hasCode).toBe(true));
  it('knows a bomb by what its directory promises', () => {
    expect(inspect(zip({ name: 'xl/worksheets/sheet1.xml', size: 4_000_000_000 })).isBomb).toBe(true);
    expect(inspect(zip({ name: 'xl/worksheets/sheet1.xml', size: 20_000_000 })).isBomb).toBe(true);
    expect(inspect(xlsx).isBomb).toBe(false);
  });
  it('is total: every sequence of bytes is something, and is judged', () => {
    const heads = [jpg, png, pdf, exe, xlsx, compound('Workbook'), Buffer.alloc(0)].map((head) =>
      head.subarray(0, 40),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...heads),
        fc.uint8Array({ maxLength: 300 }),
        fc.string(),
        fc.string(),
        (head, rest, fileName, contentType) => {
          const { verdict, format } = judged(fileName, Buffer.concat([head, rest]), contentType);
          expect(verdict).not.toBe('');
          expect(format === 'empty').toBe(head.length + rest.length === 0);
        },
      ),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.nat({ max: xlsx.length - 1 }), fc.nat({ max: 255 }), (at, value) => {
        const damaged = Buffer.from(xlsx);
        damaged[at] = value;
        expect(() => inspect(damaged)).not.toThrow();
      }),
    );
  });
});

describe('whether a file may be taken', () => {
  it.each([
    ['면허증.jpg', jpg, 'image/jpeg', 'accepted', []],
    ['면허증.JPG', jpg, 'image/jpeg', 'accepted', []],
    ['면허증.png', jpg, 'image/png', 'accepted', ['EXTENSION_DIFFERS', 'TYPE_DIFFERS']],
    ['사업자등록증.pdf', pdf, 'application/pdf', 'accepted', []],
    ['사업자등록증.pdf', pdf, 'application/octet-stream', 'accepted', []],
    ['사업자등록증.pdf', pdf, 'image/jpeg', 'accepted', ['TYPE_DIFFERS']],
    ['사업자등록증', pdf, 'application/pdf', 'accepted', []],
    ['이벤트.xlsx', xlsx, '', 'accepted', []],
    ['이벤트.xls', xlsx, 'application/vnd.ms-excel', 'accepted', ['EXTENSION_DIFFERS']],
    ['이벤트.xlsx', compound('EncryptedPackage'), '', 'accepted', ['ENCRYPTED']],
    ['안내.docx', compound('EncryptedPackage'), '', 'accepted', ['ENCRYPTED']],
    ['26.12.1 이벤트.jpg', jpg, '', 'accepted', []],
    ['면허증.jpg.pdf', pdf, '', 'accepted', ['DOUBLE_EXTENSION']],
    ['명단.csv', Buffer.from('이름,면허'), 'text/csv', 'accepted', []],
    ['면허증.pdf', exe, 'application/pdf', 'executable', ['EXTENSION_DIFFERS', 'TYPE_DIFFERS']],
    ['면허증.pdf.exe', exe, 'application/pdf', 'executable', ['DOUBLE_EXTENSION', 'TYPE_DIFFERS']],
    ['면허증.pdf.exe', pdf, 'application/pdf', 'executable', ['DOUBLE_EXTENSION']],
    ['면허증.pdf.exe ', pdf, '', 'executable', ['TRICKY_NAME', 'DOUBLE_EXTENSION']],
    ['면허증.pdf．ｅｘｅ', pdf, '', 'executable', ['DOUBLE_EXTENSION']],
    ['면허증\u202egpj.exe', jpg, '', 'executable', ['TRICKY_NAME']],
    ['면허증\u202efdp.jpg', jpg, '', 'mismatch', ['TRICKY_NAME']],
    ['run.js', Buffer.from('var a'), '', 'executable', []],
    ['사진.zip', zip({ name: 'a.scr' }), '', 'executable', ['CARRIES_CODE']],
    ['사진.zip', zip({ name: 'a.jpg' }), '', 'unsupported', []],
    ['면허증.jpg', pdf, 'image/jpeg', 'mismatch', ['EXTENSION_DIFFERS', 'TYPE_DIFFERS']],
    ['면허증.pdf', Buffer.from('<html><script>'), '', 'mismatch', ['EXTENSION_DIFFERS']],
    ['면허증.pdf', Buffer.from('bytes of 면허증'), '', 'mismatch', ['EXTENSION_DIFFERS']],
    ['면허증', jpg, 'application/pdf', 'mismatch', ['TYPE_DIFFERS']],
    ['로고.svg', Buffer.from('<svg onload="x">'), 'image/svg+xml', 'unsupported', []],
    ['메일.eml', Buffer.from('From: a\nTo: b\n\nc'), '', 'unsupported', []],
    ['무엇.dat', bytes(1, 2, 3), '', 'unsupported', []],
    ['빈파일.pdf', Buffer.alloc(0), '', 'empty', ['EXTENSION_DIFFERS']],
    ['표.xlsx', zip({ name: 'xl/a.xml', size: 900_000_000 }), '', 'tooBig', ['UNPACKS_TOO_BIG']],
    ['매크로.xlsm', zip({ name: 'xl/vbaProject.bin' }), '', 'accepted', ['CARRIES_CODE']],
  ])('%j: judged by bytes, name and type', (fileName, content, contentType, verdict, flags) =>
    expect(judged(fileName, content, contentType)).toMatchObject({ verdict, flags }),
  );
  it('has a limit of 25 MB', () => {
    const big = Buffer.concat([jpg, Buffer.alloc(maxPaperBytes)]);
    expect(judged('큰사진.jpg', big).verdict).toBe('tooBig');
    expect(judged('큰사진.jpg', big.subarray(0, maxPaperBytes)).verdict).toBe('accepted');
  });
  it('says in Korean why not, without the tricks of the name', () => {
    expect(paperComplaint('면허증.jpg', judged('면허증.jpg', jpg))).toBeNull();
    expect(paperComplaint('a\u202e.jpg', judged('a\u202e.jpg', jpg))).toBe(
      'a.jpg: 파일 내용이 이름과 다릅니다. 원본 파일을 다시 보내 주세요',
    );
    const locked = latin('%PDF-1.6\ntrailer<</Encrypt 5 0 R>>');
    expect(paperComplaint('면허증.pdf', judged('면허증.pdf', locked))).toContain('암호');
  });
});

describe('what a paper is, by its name', () => {
  it.each([
    ['사업자등록증.pdf', 'bizRegistration'],
    ['의료기관개설신고증명서.pdf', 'openingCertificate'],
    ['개설허가증_뒷면.jpg', 'openingCertificate'],
    ['의사 면허증.jpg', 'medicalLicense'],
    ['medical_license.jpg', 'medicalLicense'],
    ['전문의자격증.pdf', 'specialistCert'],
    ['의사면허증_전문의자격증.pdf', 'specialistCert'],
    ['위임장.pdf', 'mandate'],
    ['통장사본.jpg', 'bankAccount'],
    ['이벤트_메인사진.png', 'main'],
    ['메인사진_심의필.jpg', 'main'],
    ['main_01.jpg', 'main'],
    ['domain.jpg', 'other'],
    ['상세페이지_01.jpg', 'detail'],
    ['심의필증.pdf', 'adReview'],
    ['의료광고심의필.jpg', 'adReview'],
    ['프로필.jpg', 'profile'],
    ['대표원장_프로필.jpg', 'profile'],
    ['로고.png', 'logo'],
    ['이벤트_메인사진.png'.normalize('NFD'), 'main'],
    ['image001.png', 'other'],
  ])('%s is %s', (name, role) => expect(paperRole(name)).toBe(role));

  const picture = (fileName: string, inline = false) => ({ fileName, format: 'jpg' as const, inline });
  it('takes the first unnamed picture of an event for the main one, never one of the layout', () => {
    const files = [picture('image001.jpg', true), picture('KakaoTalk_1.jpg'), picture('KakaoTalk_2.jpg')];
    expect(paperRoles('event', files)).toEqual(['logo', 'main', 'detail']);
    expect(paperRoles('doctor', files)).toEqual(['logo', 'other', 'other']);
  });
  it('lets names decide when there are any', () =>
    expect(paperRoles('event', [picture('KakaoTalk_1.jpg'), picture('메인.jpg')])).toEqual([
      'detail',
      'main',
    ]));
  it('needs a picture for a picture', () =>
    expect(paperRoles('event', [{ fileName: '메인.pdf', format: 'pdf', inline: false }])).toEqual(['other']));
});

describe('the papers wanted', () => {
  const roles = (...given: Parameters<typeof wantedPapers>) =>
    wantedPapers(...given).map(({ role, isRequired }) => (isRequired ? role : `${role}?`));
  it.each([
    ['hospital', {}, {}, ['bizRegistration', 'openingCertificate']],
    ['hospital', {}, { fromAgency: true }, ['bizRegistration', 'openingCertificate', 'mandate']],
    ['doctor', { isSpecialist: false }, {}, ['medicalLicense']],
    ['doctor', { isSpecialist: true }, {}, ['medicalLicense', 'specialistCert']],
    ['event', { adReviewNumber: null }, {}, ['main']],
    ['event', { adReviewNumber: '-' }, {}, ['main']],
    ['event', { adReviewNumber: '261101-중-000001' }, {}, ['main', 'adReview?']],
    ['unknown', {}, { fromAgency: true }, []],
  ] as const)('of a %s %j %j', (kind, fields, circumstances, expected) =>
    expect(roles(kind, fields, circumstances)).toEqual(expected),
  );
  it('have Korean names', () => {
    for (const { name } of wantedPapers('doctor', { isSpecialist: true })) expect(name).toMatch(/[가-힣]/);
  });
});
