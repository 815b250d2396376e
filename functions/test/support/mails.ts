/** Raw registration mails for tests. */
import { randomInt, randomUUID } from 'node:crypto';
import { readBusinessNumber } from '../../src/kernel/korean.ts';

/** A valid business number nobody else in this run uses. */
export function newBusinessNumber(): string {
  for (;;) {
    const stem = String(randomInt(100_000_000, 999_999_999));
    const number = Array.from({ length: 10 }, (_, digit) => `${stem}${digit}`).find((candidate) =>
      readBusinessNumber(candidate),
    );
    if (number) return number;
  }
}

export interface Part {
  readonly name: string;
  readonly type: string;
  readonly content?: Buffer;
}
export const pdf = (name: string): Part => ({ name, type: 'application/pdf' });

/** How files of these types begin: pictures are whole ones, of two pixels by two. What follows tells one from another. */
const heads: Readonly<Record<string, Buffer>> = {
  'application/pdf': Buffer.from('%PDF-1.4\n'),
  'image/jpeg': Buffer.from(
    '/9j/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4a' +
      'HjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCAACAAIDASIAAhEBAxEB/8QA' +
      'FQABAQAAAAAAAAAAAAAAAAAAAAT/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAABAX/xAAUEQEAAAAAAAAAAAAA' +
      'AAAAAAAA/9oADAMBAAIRAxEAPwCMAVdf/9k=',
    'base64',
  ),
  'image/png': Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAEklEQVQImWM4Y2x8xtiYAUIBACPqBMlw' +
      'UmUNAAAAAElFTkSuQmCC',
    'base64',
  ),
};
const bytesOf = ({ name, type }: Part): Buffer =>
  Buffer.concat([heads[type] ?? Buffer.alloc(0), Buffer.from(`bytes of ${name}`)]);

const encodedWord = (text: string) => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
const folded = (bytes: Buffer) => bytes.toString('base64').replaceAll(/.{76}/g, '$&\r\n');

/** A message from a clinic's desk, as raw bytes. */
export function mailOf(subject: string, lines: readonly string[], parts: readonly Part[]): Buffer {
  const boundary = `b-${randomUUID()}`;
  const attachments = parts.map((part) => {
    const { name, type, content = bytesOf(part) } = part;
    return [
      `--${boundary}`,
      `Content-Type: ${type}; name="${encodedWord(name)}"`,
      'Content-Transfer-Encoding: base64',
      `Content-Disposition: attachment; filename="${encodedWord(name)}"`,
      '',
      folded(content),
      '',
    ].join('\r\n');
  });
  return Buffer.from(
    [
      `From: ${encodedWord('접수 담당')} <desk@clinic.example>`,
      'To: regist@drpitch.example',
      `Subject: ${encodedWord(subject)}`,
      `Message-ID: <${randomUUID()}@clinic.example>`,
      'MIME-Version: 1.0',
      `Content-Type: multipart/mixed; boundary="${boundary}"`,
      '',
      `--${boundary}`,
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(lines.join('\n')).toString('base64'),
      '',
      ...attachments,
      `--${boundary}--`,
      '',
    ].join('\r\n'),
  );
}

export function hospitalMail(
  businessNumber = newBusinessNumber(),
  name = '흐름성형외과의원',
  more: readonly Part[] = [],
) {
  return mailOf(
    '[병원 등록] 신청합니다',
    [
      '안녕하세요.',
      '',
      `병원명: ${name}`,
      '대표자: 김흐름',
      `사업자등록번호: ${businessNumber.replace(/(...)(..)(.....)/, '$1-$2-$3')}`,
      '요양기관기호: 12345678',
      '종별: 의원',
      '주소: (06236) 서울특별시 강남구 테헤란로 123, 4층',
      '대표전화: 02)555-0101',
      '진료과목: 성형외과, 피부과',
      '진료시간: 평일 10:00~19:00',
      '감사합니다.',
    ],
    [pdf('사업자등록증.pdf'), pdf('의료기관개설신고증명서.pdf'), ...more],
  );
}
