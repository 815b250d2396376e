/** Mails that hand another on: by the clinic's own people, by agencies, quoted, marked or attached. */
import { attachedMail, file, html, mail, multipart, text, words } from '../build.ts';
import {
  at,
  caseOf,
  doctor,
  event,
  hospital,
  hospitalPapers,
  hospitalRoles,
  letter,
  pdf,
  png,
} from './case.ts';

const agency = { From: `${words('메디브릿지 광고대행')} <lee@medibridge.example>` };

const inner = mail(
  '의사 2명 등록 요청',
  multipart(
    'mixed',
    text(
      `안녕하세요. 온새미로의원입니다.
의료진 두 분 등록 부탁드립니다.

① 성명 : 위새미
   면허번호 : 제 88123 호
   전문의 여부 : 피부과 전문의

② 성명 : 탁온유
   면허번호 : 제 101234 호
   전문의 여부 : 해당사항 없음

병원 사업자번호 : 314-86-00107`,
    ),
    pdf('면허증 위새미, 탁온유.pdf'),
  ),
  { From: `${words('온새미로의원')} <onsaemi@naver.example>`, 'Message-ID': '<inner@naver.example>' },
);

export const forwards = [
  caseOf('forward', 'agency-attaches-a-mail-of-two-doctors', {
    subject: 'FW: 의사 2명 등록 요청',
    headers: agency,
    part: multipart(
      'mixed',
      text(
        '안녕하세요, 메디브릿지 이대리입니다.\n온새미로의원 등록 건 대행하여 전달드립니다.\n문의는 010-4444-5555로 주세요.',
      ),
      attachedMail(inner),
    ),
    papers: ['medicalLicense'],
    items: [
      doctor(
        {
          ...{ name: '위새미', licenceNumber: '88123', isSpecialist: true, specialty: '14' },
          ...{ hospitalName: '온새미로의원', hospitalBusinessNumber: '3148600107' },
        },
        { problems: ['specialistCert MISSING_PAPER', 'mandate MISSING_PAPER'] },
      ),
      doctor(
        {
          ...{ name: '탁온유', licenceNumber: '101234', isSpecialist: false },
          ...{ hospitalName: '온새미로의원', hospitalBusinessNumber: '3148600107' },
        },
        { problems: ['mandate MISSING_PAPER'] },
      ),
    ],
  }),
  caseOf('forward', 'agency-with-a-mandate', {
    subject: '[대행] 라임의원 12월 이벤트 등록 요청',
    headers: agency,
    part: letter(
      `안녕하세요. 라임의원 마케팅을 대행하고 있는 메디브릿지입니다.
위임장 첨부드리오니 아래 이벤트 등록 부탁드립니다.

병원명: 라임의원 (사업자등록번호 410-82-00111)
이벤트명: 사각턱 보톡스 50유닛
정상가: 90,000원
할인가: 59,000원 (VAT 포함)
이벤트 기간: 2026.12.01 ~ 2026.12.31
대상: 신규고객, 1회에 한함

메디브릿지 이대리 드림`,
      pdf('위임장_라임의원.pdf'),
      png('메인이미지.png'),
    ),
    papers: ['mandate', 'main'],
    items: [
      event({
        ...{ title: '사각턱 보톡스 50유닛', hospitalName: '라임의원', hospitalBusinessNumber: '4108200111' },
        ...{ priceBefore: 90_000, priceAfter: 59_000, vatIncluded: true },
        ...{ startsOn: '2026-12-01', endsOn: '2026-12-31', target: '신규고객, 1회에 한함' },
      }),
    ],
  }),
  caseOf('forward', 'naver-forward-in-the-text', {
    subject: '전달: 병원 정보입니다',
    headers: { From: `${words('온유의원')} <onyou@naver.com>` },
    part: letter(
      `원장님이 주신 내용 그대로 전달합니다.

-----Original Message-----
From: "노온유" <dr.noh@naver.com>
To: <onyou@naver.com>
Cc:
Sent: 2026-11-13 (금) 21:10:05 (GMT+09:00)
Subject: 병원 정보입니다

병원이름 : 온유의원
원장 : 노온유
사업자 No : 502-88-00125
위치 : 전북특별자치도 전주시 완산구 홍산로 276
전화 : 063-220-0170
과목은 피부과 입니다
종별 의원`,
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '온유의원', representative: '노온유', businessNumber: '5028800125', type: '의원' },
        ...{ address: '전북특별자치도 전주시 완산구 홍산로 276', phone: '+82632200170', departments: ['14'] },
        ...at('전북', '전주시'),
      }),
    ],
  }),
  caseOf('forward', 'gmail-forward-of-a-forward', {
    subject: 'Fwd: Fwd: 이벤트 내용',
    headers: { From: 'bomdesk@gmail.com' },
    part: letter(
      `---------- Forwarded message ---------
보낸사람: 김실장 <kim@gmail.com>
Date: 2026년 11월 12일 (목) 오후 3:20
Subject: Fwd: 이벤트 내용
To: <bomdesk@gmail.com>


등록 부탁해요

---------- Forwarded message ---------
From: 봄의원 마케팅 <mk@bom.example>
Date: 2026년 11월 11일 (수) 오전 11:00
Subject: 이벤트 내용
To: 김실장 <kim@gmail.com>

[이벤트 등록]
- 병원명 : 봄의원
- 이벤트 제목 : 스킨부스터 2cc
- 정상 가격 : 25만원
- 이벤트 가격 : 18만원 (부가세 포함)
- 기간 : 2026년 12월 1일 ~ 2027년 1월 15일
- 대상 : 재방문 고객, 2cc 1회`,
      png('이벤트 메인사진.png'),
    ),
    papers: ['main'],
    items: [
      event({
        ...{ title: '스킨부스터 2cc', hospitalName: '봄의원', priceBefore: 250_000, priceAfter: 180_000 },
        ...{
          vatIncluded: true,
          startsOn: '2026-12-01',
          endsOn: '2027-01-15',
          target: '재방문 고객, 2cc 1회',
        },
      }),
    ],
  }),
  caseOf('forward', 'outlook-korean-header-block-in-html', {
    subject: 'FW: 원장 등록건',
    part: multipart(
      'mixed',
      html(`<html><body><p>등록 부탁드립니다.</p><p>총무팀 031-777-0000</p>
<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class=MsoNormal><b>From:</b> 차세음 &lt;sm@cha.example&gt;<br><b>Sent:</b> Friday, November 13, 2026 9:12 AM<br><b>To:</b> 총무팀 &lt;office@raon.example&gt;<br><b>Subject:</b> 원장 등록건</p></div>
<p class=MsoNormal>이름: 차세음</p><p class=MsoNormal>의사면허번호: 65432</p><p class=MsoNormal>전문과목: 이비인후과 전문의(자격번호 2210)</p><p class=MsoNormal>병원: 차이비인후과의원 / 605-86-00134</p></body></html>`),
      file('의사면허증.png', Buffer.from('%PDF-1.4\n'), { type: 'application/pdf' }),
      pdf('전문의자격증.pdf'),
    ),
    papers: ['medicalLicense', 'specialistCert'],
    items: [
      doctor(
        {
          ...{ name: '차세음', licenceNumber: '65432', isSpecialist: true, specialty: '13' },
          ...{
            specialistNumber: '2210',
            hospitalName: '차이비인후과의원',
            hospitalBusinessNumber: '6058600134',
          },
        },
        { problems: ['medicalLicense MISSING_PAPER', 'medicalLicense FILE_MISMATCH'] },
      ),
    ],
  }),
];
