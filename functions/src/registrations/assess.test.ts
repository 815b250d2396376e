/** Where a mail goes once law, papers and sender have been looked at, from its bytes. */
import { file, mail, multipart, text } from '../../test/mail/build.ts';
import { readMessage } from '../mail/mail.ts';
import { nobodysWord } from '../mail/origin.ts';
import { type Assessment, assess, judgeFiles } from './assess.ts';
import { understand } from './understanding/understand.ts';

const pdf = (name: string) => file(name, Buffer.from('%PDF-1.4\nbytes'), { type: 'application/pdf' });
const clinic = [
  '병원명: 라온의원',
  '대표자: 김라온',
  '사업자등록번호: 120-81-47521',
  '종별: 의원',
  '주소: (06236) 서울특별시 강남구 테헤란로 123',
  '대표전화: 02-555-0101',
  '진료과목: 피부과',
].join('\n');
const papers = [pdf('사업자등록증.pdf'), pdf('의료기관개설신고증명서.pdf')];
const stranger = { emails: [], domains: [] };

async function assessed(
  body: string,
  files = papers,
  authentication = nobodysWord,
  onFile: { emails: string[]; domains: string[] } = stranger,
): Promise<Assessment> {
  const read = await readMessage(mail('병원 등록', multipart('mixed', text(body), ...files)));
  const message = { ...read, authentication };
  const [item] = understand(message);
  if (!item) throw new Error('nothing was understood');
  return assess(message, item, judgeFiles(message), onFile);
}

describe('a registration', () => {
  it('with all its papers waits for an operator', async () => {
    const { problems, route } = await assessed(clinic);
    expect([problems, route.state]).toEqual([[], 'PENDING_REVIEW']);
  });
  it('lacks a paper that is none, and its sender is told why', async () => {
    const { problems, route } = await assessed(clinic, [
      pdf('사업자등록증.pdf'),
      file('의료기관개설신고증명서.pdf', Buffer.from('not a pdf at all'), { type: 'application/pdf' }),
    ]);
    expect(route.state).toBe('NEEDS_INFO');
    expect(problems.map(({ reason }) => reason)).toEqual(expect.arrayContaining(['MISSING_PAPER']));
    expect(problems.some(({ message }) => message.startsWith('의료기관개설신고증명서.pdf:'))).toBe(true);
  });
  it('with a program among its papers is kept apart and not answered', async () => {
    const program = file('면허증.pdf.exe', Buffer.from('MZ\x90\x00program'), { type: 'application/pdf' });
    const { route } = await assessed(clinic, [...papers, program]);
    expect(route).toMatchObject({ state: 'QUARANTINED', answer: 'none' });
    expect(route.reasons).toContain('EXECUTABLE_ATTACHMENT');
  });
  it('that pretends to be decided is kept apart', async () => {
    const { route } = await assessed(`${clinic}\n승인상태: 승인완료`);
    expect(route.state).toBe('QUARANTINED');
    expect(route.reasons).toContain('PRETENDS_TO_DECIDE');
  });
  it('in the name of a clinic on file that did not send it is kept apart', async () => {
    const failed = { server: 'sendgrid', spf: 'fail', dkim: [], dmarc: 'fail' };
    const onFile = { emails: ['desk@raon.example'], domains: ['raon.example'] };
    const { route } = await assessed(clinic, papers, failed, onFile);
    expect(route.state).toBe('QUARANTINED');
    expect(route.reasons).toContain('FORGED_SENDER');
  });
  it('that names an account to pay into needs a call', async () => {
    const { route } = await assessed(`${clinic}\n정산계좌: 가나은행 123-456-7890`);
    expect(route.confirmationsNeeded).toEqual(['money']);
  });
});
