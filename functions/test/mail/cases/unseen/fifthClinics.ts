/** The fifth lot of mails written before the reader had seen anything of them: hospitals and doctors. */
import { file, html, multipart, xlsx } from '../../build.ts';
import { at, caseOf, doctor, hospital, hospitalPapers, hospitalRoles, letter, pdf, week } from '../case.ts';

export const fifthClinics = [
  caseOf('prose', 'short-hospital-list-with-commas', {
    subject: '병원 등록 부탁드립니다_모란의원',
    part: letter(
      `모란의원, 대표 천모란, 사업자번호 129-87-00170, 전화 031-750-0800
주소 경기도 성남시 중원구 산성대로 300, 2층
진료과목 피부과, 종별 의원
진료시간 월-금 10:00-19:00 토 10:00-14:00 일 휴진`,
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '모란의원', representative: '천모란', businessNumber: '1298700170', type: '의원' },
        ...{ address: '경기도 성남시 중원구 산성대로 300, 2층', phone: '+82317500800', departments: ['14'] },
        ...at('경기', '성남시'),
        openingHours: week({ weekdays: '10:00-19:00', sat: '10:00-14:00', sun: 'closed' }),
      }),
    ],
  }),
  caseOf('html', 'hours-in-a-table-of-days', {
    subject: '병원 정보 등록 요청',
    part: multipart(
      'mixed',
      html(
        `<p>병원명: 햇귀의원</p><p>대표자: 도햇귀</p><p>사업자등록번호: 410-82-00111</p><p>주소: 서울 도봉구 도봉로 500, 3층</p><p>전화: 02-950-0810</p><p>진료과목: 내과</p><p>진료시간</p><table border=1><tr><td>월요일</td><td>09:00 ~ 18:00</td></tr><tr><td>화요일</td><td>09:00 ~ 18:00</td></tr><tr><td>수요일</td><td>09:00 ~ 13:00</td></tr><tr><td>목요일</td><td>09:00 ~ 18:00</td></tr><tr><td>금요일</td><td>09:00 ~ 20:00</td></tr><tr><td>토요일</td><td>09:00 ~ 13:00</td></tr><tr><td>일요일</td><td>휴진</td></tr><tr><td>점심시간</td><td>13:00 ~ 14:00</td></tr></table>`,
      ),
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{ name: '햇귀의원', representative: '도햇귀', businessNumber: '4108200111', type: '의원' },
        ...{ address: '서울 도봉구 도봉로 500, 3층', phone: '+8229500810', departments: ['01'] },
        ...at('서울', '도봉구'),
        openingHours: week({
          ...{ mon: '09:00-18:00', tue: '09:00-18:00', wed: '09:00-13:00', thu: '09:00-18:00' },
          ...{ fri: '09:00-20:00', sat: '09:00-13:00', sun: 'closed', lunch: '13:00-14:00' },
        }),
      }),
    ],
  }),
  caseOf('sheet', 'doctors-with-the-hospital-above', {
    subject: '의료진 등록 요청드립니다',
    part: letter(
      '안녕하세요, 첨부 파일로 의료진 명단 보내드립니다.',
      file(
        '명단.xlsx',
        xlsx({
          name: '의료진',
          rows: [
            ['병원명', '마중의원', null, '사업자등록번호', '261-81-00088'],
            ['대표전화', '02-430-0820', null, '담당자', '손실장'],
            [],
            ['번호', '의료진', '면허번호', '전문분야', '전문의 여부', '비고'],
            ['1', '설마중', '41234', '눈, 코', '성형외과 전문의', '대표원장'],
            ['2', '마루비', '97654', '피부', '-', '봉직의'],
          ],
        }),
        { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
      ),
      pdf('면허증_설마중.pdf'),
      pdf('면허증_마루비.pdf'),
      pdf('전문의자격증_설마중.pdf'),
    ),
    papers: ['other', 'medicalLicense', 'medicalLicense', 'specialistCert'],
    items: [
      doctor({
        ...{
          name: '설마중',
          licenceNumber: '41234',
          isSpecialist: true,
          specialty: '08',
          focus: ['눈', '코'],
        },
        ...{ hospitalName: '마중의원', hospitalBusinessNumber: '2618100088' },
      }),
      doctor({
        ...{ name: '마루비', licenceNumber: '97654', isSpecialist: false, focus: ['피부'] },
        ...{ hospitalName: '마중의원', hospitalBusinessNumber: '2618100088' },
      }),
    ],
  }),
  caseOf('forward', 'mobile-forward-with-english-marks', {
    subject: 'Fwd: 의사등록',
    headers: { From: 'sarang.desk@gmail.com' },
    part: letter(
      `등록 부탁드려요!

Begin forwarded message:

From: 진사랑 <jin@naver.com>
Subject: 의사등록
Date: November 14, 2026 at 8:21:10 PM GMT+9
To: sarang.desk@gmail.com

이름 진사랑
면허번호 66123
전문의 산부인과 전문의 (자격번호 2777)
병원 사랑담은의원
사업자번호 201-88-00241`,
      pdf('면허증.pdf'),
      pdf('전문의.pdf'),
    ),
    papers: ['medicalLicense', 'specialistCert'],
    items: [
      doctor({
        ...{
          name: '진사랑',
          licenceNumber: '66123',
          isSpecialist: true,
          specialty: '10',
          specialistNumber: '2777',
        },
        ...{ hospitalName: '사랑담은의원', hospitalBusinessNumber: '2018800241' },
      }),
    ],
  }),
  caseOf('negation', 'qualification-under-way', {
    subject: '의사 등록 요청(다솜의원)',
    part: letter(
      `성명: 복다솜
면허번호: 103456
전문의 자격: 없음 (가정의학과 수련 중)
소속: 다솜의원 / 110-82-00017`,
      pdf('면허증.pdf'),
    ),
    papers: ['medicalLicense'],
    items: [
      doctor({
        ...{ name: '복다솜', licenceNumber: '103456', isSpecialist: false },
        ...{ hospitalName: '다솜의원', hospitalBusinessNumber: '1108200017' },
      }),
    ],
  }),
  caseOf('identity', 'dental-clinic-with-a-floor-and-licence-numbers', {
    subject: '치과 등록 신청',
    part: letter(
      `치과명 : 이바른치과의원
원장님 : 이바른
사업자등록번호 : 123-86-00025
요양기관번호 : 41112223
주소 : 경기 의정부시 시민로 80 (의정부동) 센트럴타워 5층
연락처 : 031-840-0850
진료과목 : 치과
면허번호 : 치과의사 제 23456호`,
      ...hospitalPapers,
    ),
    papers: hospitalRoles,
    items: [
      hospital({
        ...{
          name: '이바른치과의원',
          representative: '이바른',
          businessNumber: '1238600025',
          type: '치과의원',
        },
        ...{ careInstitutionNumber: '41112223', phone: '+82318400850', departments: ['49'] },
        ...{ address: '경기 의정부시 시민로 80 (의정부동) 센트럴타워 5층', ...at('경기', '의정부시') },
      }),
    ],
  }),
];
