/** Subjects and file names as mail programs really write them, and the envelope of Outlook. */
import { file, multipart, type NameHabit, text, winmail, words } from '../build.ts';
import {
  at,
  caseOf,
  doctor,
  dot,
  event,
  hospital,
  hospitalPapers,
  hospitalRoles,
  letter,
  type MailCase,
  pdf,
} from './case.ts';

const pdfBytes = Buffer.from('%PDF-1.4\n');
const named = (name: string, naming: NameHabit) => file(name, pdfBytes, { type: 'application/pdf', naming });
const pictured = (name: string, naming: NameHabit) => file(name, dot, { type: 'image/png', naming });

const doctorLines = `성명 : 모하람
면허번호 : 77001
전문의 : 성형외과 전문의
소속 : 결의원
사업자번호 : 220-88-00072`;
const doctorFields = {
  ...{ name: '모하람', licenceNumber: '77001', isSpecialist: true, specialty: '08' },
  ...{ hospitalName: '결의원', hospitalBusinessNumber: '2208800072' },
};

const twoPapers = (naming: NameHabit, name: string): MailCase =>
  caseOf('headers', name, {
    subject: '의사 등록 요청드립니다',
    part: letter(
      doctorLines,
      named('의사면허증(모하람).pdf', naming),
      named('성형외과 전문의자격증.pdf', naming),
    ),
    papers: ['medicalLicense', 'specialistCert'],
    items: [doctor(doctorFields)],
  });

export const headers = [
  twoPapers('rfc2231InPieces', 'names-in-continuations'),
  twoPapers('rfc2047Q', 'words-in-names-with-spaces-between'),
  twoPapers('percentEncoded', 'percent-encoded-names'),
  twoPapers('bothForms', 'question-marks-beside-the-real-name'),
  twoPapers('withFolder', 'names-with-a-folder-in-cp949'),
  caseOf('headers', 'subject-cut-inside-characters', {
    subject: '',
    headers: {
      Subject: words('[신규 병원 등록] 하늘빛웰니스의원 입점 신청합니다', { every: 4, between: '\r\n\t' }),
    },
    part: letter(
      '대표자: 변하늘\n사업자번호: 261-81-00088\n주소: 울산광역시 남구 삼산로 200\n대표번호: 052-260-0150\n진료과목: 내과\n종별: 의원',
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '하늘빛웰니스의원', representative: '변하늘', businessNumber: '2618100088', type: '의원' },
        ...{ address: '울산광역시 남구 삼산로 200', phone: '+82522600150', departments: ['01'] },
        ...at('울산', '남구'),
      }),
    ],
  }),
  caseOf('headers', 'names-decomposed-by-a-mac', {
    subject: '이벤트 등록 부탁드려요 (레이저토닝)'.normalize('NFD'),
    part: letter(
      `시술명: 레이저토닝 10회
병원명: 고운결의원
할인 전 가격: 900,000
할인 후 가격: 600,000
부가세: 포함
이벤트 기간: 2027.1.4 ~ 2027.2.28
대상: 전 고객, 10회 패키지`.normalize('NFD'),
      pictured('레이저토닝 메인.png', 'nfd'),
      pictured('상세페이지_레이저토닝.png', 'nfd'),
    ),
    papers: ['main', 'detail'],
    items: [
      event({
        ...{
          title: '레이저토닝 10회',
          hospitalName: '고운결의원',
          priceBefore: 900_000,
          priceAfter: 600_000,
        },
        ...{
          vatIncluded: true,
          startsOn: '2027-01-04',
          endsOn: '2027-02-28',
          target: '전 고객, 10회 패키지',
        },
      }),
    ],
  }),
  caseOf('headers', 'winmail-dat', {
    subject: '병원등록서류 송부의 건',
    part: multipart(
      'mixed',
      text(
        `담당자님, 안녕하십니까.
병원 등록 서류 송부드립니다.

병원명: 다함께웃는의원
대표자: 빈다함
사업자등록번호: 301-91-00099
요양기관번호: 34567890
소재지: 충청북도 청주시 흥덕구 가로수길 10
대표전화: 043-230-0160
진료과목: 정형외과
종별: 의원`,
        { charset: 'cp949', declared: 'ks_c_5601-1987' },
      ),
      file(
        'winmail.dat',
        winmail([
          { title: '사업자등록증.pdf', content: pdfBytes },
          { title: 'OPEN~1.PDF', longName: '의료기관 개설신고증명서 사본.pdf', content: pdfBytes },
        ]),
        { type: 'application/ms-tnef', naming: 'rawUtf8' },
      ),
    ),
    papers: hospitalRoles,
    warnings: ['WINMAIL_UNPACKED'],
    items: [
      hospital({
        ...{ name: '다함께웃는의원', representative: '빈다함', businessNumber: '3019100099', type: '의원' },
        ...{ careInstitutionNumber: '34567890', phone: '+82432300160', departments: ['05'] },
        address: '충청북도 청주시 흥덕구 가로수길 10',
        ...at('충북', '청주시'),
      }),
    ],
  }),
  caseOf('headers', 'name-only-in-content-type', {
    subject: '의료진 추가 등록',
    part: multipart(
      'mixed',
      text(doctorLines, { charset: 'cp949', declared: '"ks_c_5601-1987"', encoding: 'quoted-printable' }),
      {
        headers: [
          [
            'Content-Type',
            `application/pdf;\r\n\tname="${words('면허증_모하람원장.pdf', { charset: 'euc-kr', every: 8 })}"`,
          ],
          ['Content-Transfer-Encoding', 'base64'],
          ['Content-Disposition', 'attachment'],
        ],
        body: Buffer.from(pdfBytes.toString('base64')),
      },
      pdf('전문의 자격증.pdf'),
    ),
    papers: ['medicalLicense', 'specialistCert'],
    items: [doctor(doctorFields)],
  }),
];
