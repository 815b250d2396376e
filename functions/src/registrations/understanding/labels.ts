/**
 * How clinics label what they send. Spaces, decoration, numbering and `(필수)` are stripped before look-up; an exact
 * label wins over one with its brackets, its ending (`안내`, `란`) or its beginning (`저희`, `병원`) taken off.
 */
import { tidy } from '../../kernel/korean.ts';

export const labelledKinds = ['hospital', 'doctor', 'event'] as const;
export type LabelledKind = (typeof labelledKinds)[number];

/** The labels of a text: parted by white space, which they never hold (look-up leaves it out). */
const list = (text: TemplateStringsArray): readonly string[] => (text[0] ?? '').trim().split(/\s+/);

/** Labels that every kind has, and what they mean there. They do not tell a kind. */
const shared: Record<string, readonly string[]> = {
  businessNumber: list`사업자등록번호 사업자번호 등록번호 사업자No 사업자등록No 사업자등록증번호 사업자 병원사업자번호 소속병원사업자번호 사업자등록
    BUSINESSNO BUSINESSREGISTRATIONNO BUSINESSREGISTRATIONNUMBER BUSINESSNUMBER`,
  hospitalName: list`
    병원명 의원명 상호 상호명 법인명(단체명) 법인명 기관명 요양기관명 업체명 병원이름 병원 의원 의료기관명 의료기관 병의원명
    병원명칭 의료기관명칭 클리닉명 병원/의원명 병원상호 HOSPITAL 소속병원 소속 근무지 근무병원 소속기관 소속의료기관
    진료병원 시술병원 소속의원 진행병원 이벤트병원
    시행병원 실시병원 참여병원 해당병원 신청병원 치과명 한의원명 치과의원명 의료원명 기관이름 의원이름 업소명 CLINIC CLINICNAME HOSPITALNAME NAMEOFCLINIC NAMEOFHOSPITAL
  `,
  phone: list`
    전화 대표전화 전화번호 연락처 TEL T PHONE 예약전화 대표번호 대표전화번호 예약번호 상담전화 전화번호(대표) 유선전화
    병원전화 휴대폰 휴대전화 핸드폰 모바일 MOBILE HP H.P M 병원연락처 휴대폰번호 핸드폰번호 전화상담 예약문의 문의전화
  `,
  homepage: list`홈페이지 웹사이트 홈피 홈페이지주소 누리집 HOMEPAGE WEBSITE URL WEB`,
};

const hospital: Record<string, readonly string[]> = {
  representative: list`
    대표자 대표 대표원장 원장명 개설자 성명(대표자) 대표자명 대표자성명 대표자이름 대표원장명 대표원장님 원장 원장님 병원장
    대표의사 개설자명 개설자성명 원장님성함 원장성함 원장이름 대표자성함 대표원장성함 대표님 대표자(원장)
    REPRESENTATIVE CEO
  `,
  careInstitutionNumber: list`요양기관번호 요양기관기호 기관기호 요양기호 요양기관No 요양기관코드 심평원기호`,
  type: list`종별 의료기관종별 병원종류 의료기관종류 병원종별 기관종별 의료기관구분 병원구분 종별구분 병원유형 의료기관유형 요양기관종별 종류 TYPE`,
  address: list`
    주소 소재지 사업장소재지 병원위치 오시는길 병원주소 위치 사업장주소 도로명주소 소재지주소 주소지 찾아오시는길 병원소재지
    의료기관소재지 ADDRESS ADD
  `,
  addressDetail: list`상세주소 나머지주소 주소상세 세부주소`,
  zip: list`우편번호 우편 ZIP ZIPCODE POSTCODE`,
  departments: list`진료과목 진료과 진료분야 표시과목 진료항목 개설과목 주요진료과목 진료과목명 과목 진료과목(표시과목) DEPARTMENT DEPARTMENTS`,
  hours: list`진료시간 운영시간 영업시간 진료일 진료요일 진료일시 외래시간 진료안내 진료시간안내 HOURS OPENINGHOURS`,
};

const doctor: Record<string, readonly string[]> = {
  name: list`
    의사명 의료진 원장님성함 이름 성명 의사성명 원장명 성함 의료진명 의사이름 의료진성명 의료진이름 의사 원장 원장님 대표원장
    의사성함 DOCTORNAME NAMEOFDOCTOR 원장성함 원장성명 원장이름 담당의성명 닥터 닥터명 DOCTOR NAME 등록의사 등록의료진 대표원장님 원장님이름
  `,
  licenceNumber: list`
    면허번호 의사면허 의사면허번호 면허No 면허증번호 의사면허증번호 면허 의사면허No 의료인면허번호 LICENSE
    LICENSENO LICENCE LICENCENO 면허등록번호 치과의사면허번호 한의사면허번호 의사면허증
  `,
  specialist: list`
    전문의 전문과목 전문의자격 전공 전문의여부 전문의과목 전문의구분 전공과목 전문의자격여부 전문과 전문의전문과목 전공과 자격사항
    자격 SPECIALIST SPECIALTY
  `,
  specialistNumber: list`자격번호 전문의자격번호 전문의번호 전문의자격증번호 자격증번호 전문의면허번호 전문의자격No 전문의No SPECIALISTNO`,
  career: list`
    경력 약력 이력 주요경력 학력 출신학교 학회 소속학회 경력사항 주요약력 학력사항 경력및학력 학력및경력 출신대학 졸업학교
    학회활동 현직 전직 수련병원 논문 수상 수상경력 프로필 최종학력 활동
  `,
  focus: list`주진료 전문분야 관심분야 주요시술 주력시술 주진료분야 전문시술 진료분야 주요진료 주시술 주요진료분야 주력분야 전문진료`,
};

const event: Record<string, readonly string[]> = {
  title: list`
    이벤트명 상품명 시술명 이벤트제목 프로모션 이벤트 행사명 프로모션명 제목 시술 이벤트이름 이벤트타이틀 수술명 이벤트상품
    이벤트시술 타이틀 EVENT EVENTNAME EVENTTITLE TITLE 시술상품명 이벤트상품명 이벤트시술명
  `,
  category: list`시술부위 시술분류 카테고리 분류 부위 수술부위 시술종류 이벤트분류 시술카테고리`,
  priceBefore: list`
    정상가 정가 원가 기존가 할인전 정상가격 기존가격 할인전가격 할인전금액 일반가 정상금액 수가 원래가격 할인전가 소비자가
    이벤트전가격 기본가 REGULARPRICE ORIGINALPRICE
  `,
  priceAfter: list`
    할인가 이벤트가 행사가 특가 할인후 이벤트가격 할인가격 할인후가격 할인후금액 할인금액 이벤트금액 행사가격 판매가 할인후가
    이벤트특가 이벤트할인가 최종가 판매가격 EVENTPRICE SALEPRICE DISCOUNTPRICE DISCOUNTEDPRICE
  `,
  prices: list`가격 금액 비용 시술가 수술비 시술비 시술가격 시술비용 수술비용 PRICE`,
  discount: list`할인율 할인률 할인폭 할인 DISCOUNT`,
  vat: list`
    VAT 부가세 부가가치세 VAT포함여부 부가세포함여부 VAT여부 부가세여부 VAT포함 부가세포함 VAT구분 부가세구분
    VAT별도 부가세별도
  `,
  period: list`
    기간 이벤트기간 행사기간 할인기간 진행기간 프로모션기간 적용기간 이벤트일정 일정 진행일정 노출기간 게시기간 유효기간 행사일정
    EVENTPERIOD
    운영기간 이벤트진행기간 PERIOD
  `,
  startsOn: list`시작일 시작 개시일 이벤트시작일 시작일자 시작날짜 이벤트시작 오픈일 START STARTDATE`,
  endsOn: list`종료일 마감 마감일 종료 이벤트종료일 종료일자 종료날짜 이벤트종료 만료일 END ENDDATE 이벤트마감일 마감일자`,
  target: list`
    대상 할인대상 조건 할인대상/범위 할인대상범위 이벤트대상 적용대상 할인범위 할인조건 참여대상 이용조건 대상고객 할인대상및범위
    이벤트조건 대상/범위 적용조건 TARGET
  `,
  scope: list`포함내역 구성 횟수 용량 포함사항 시술내용 포함내용 구성내용 이벤트내용 상품구성 시술구성 포함항목 이벤트구성`,
  adReviewNumber: list`
    심의번호 심의필 심의필번호 광고심의 광고심의번호 의료광고심의번호 광고심의필번호 심의필증번호 의료광고심의 의료광고심의필번호 심의
    광고심의필 사전심의번호 심의승인번호 의료광고심의필 의료광고사전심의번호 심의필No 심의No
  `,
  adReviewValidUntil: list`
    심의유효기간 심의필유효기간 광고심의유효기간 심의기간 심의필기간 심의만료일 심의유효일 의료광고심의유효기간 심의필증유효기간
    심의번호유효기간 심의종료일 유효만료일
  `,
  sideEffects: list`부작용 주의사항 부작용및주의사항 부작용안내 시술부작용 유의사항 부작용/주의사항 주의사항및부작용 수술부작용 부작용주의사항`,
};

/** Labels we know and have no field for: recognised so that their values do not run into their neighbours'. */
const others = list`
  개업일 개원일 개설일 개설일자 개업연월일 팩스 FAX F 담당자 담당 실장 직책 이메일 EMAIL EMAIL주소 메일 인스타
  인스타그램 카카오채널 카톡 카카오톡 카카오톡채널 블로그 유튜브 주차 주차안내 CCTV 마취과상주 외국어 비고 참고 참고사항
  기타 기타사항 옵션 추가금 추가비용 담당의 담당의사 담당의료진 시술의 집도의 시술의사 수술의 담당원장 생년월일 성별 계좌
  계좌번호 입금계좌 법인등록번호 업태 종목 업종 직원수 병상수 직위 직급 요청사항 문의사항 첨부 첨부파일 첨부서류 제출서류 설명
  상세설명 상세내용 소개 병원소개 특징 소개글 한줄소개 지하철 교통 면적 작성자 작성일 신청일 신청인 신청자 링크 이벤트링크
  영문명 취득일 면허취득일 자격취득일 발급일 마취 마취방법 재고 수량 인원 항목
`;

/** Never kept, not even blacked out: nobody at the desk needs them. */
const dropped = ['주민등록번호', '주민번호', '주민No', '주민등록No', '외국인등록번호'];

/** Parts of opening hours that stand as labels of their own; their words belong to the value. */
const hourLabels = list`
  평일 주말 공휴일 일요일 토요일 휴진 휴진일 휴무 휴무일 정기휴무 정기휴진 점심 점심시간 야간진료 월요일 화요일 수요일 목요일
  금요일 월~금 월-금 토 일 월~토 월 화 수 목 금 일/공휴일 일·공휴일 토·일 휴게시간 일요일/공휴일 주중 매일 월~목
  월요일~금요일 일,공휴일 토/일 휴일 일요일,공휴일 일요일·공휴일 브레이크타임 야간
`;

const listNumber = /^(?:\(?\d{1,2}[.)]|[①-⑳]|제?\d{1,2}[.)])\s*/;
const decoration = /[\s\p{So}♥♡■□▶▷►▸●○◆◇◈◎★☆※*·•∙‣✓✔☞👉→📌🏥#_"'“”‘’\-–—[\]<>【】〔〕「」『』《》〈〉.]/gu;

/** A label as it is looked up: no spaces, decoration, numbering or `(필수)`; upper case. */
export const plain = (label: string): string =>
  tidy(label)
    .replace(listNumber, '')
    .replace(/[(（[](필수|선택|필|필수입력|필수항목|선택사항|선택입력|\*)[)）\]]|[:：]$/g, '')
    .replace(decoration, '')
    .replace(/(?<=[가-힣])\d{1,2}$|^\d{1,2}(?=[가-힣])/g, '')
    .toUpperCase();

const byKind = { hospital, doctor, event };

function tableOf(kind: LabelledKind): ReadonlyMap<string, string> {
  const entries = [...Object.entries(shared), ...Object.entries(byKind[kind])];
  return new Map(entries.flatMap(([field, labels]) => labels.map((label) => [plain(label), field] as const)));
}

const tables = { hospital: tableOf('hospital'), doctor: tableOf('doctor'), event: tableOf('event') };
const ownLabels = {
  hospital: new Set(Object.values(hospital).flat().map(plain)),
  doctor: new Set(Object.values(doctor).flat().map(plain)),
  event: new Set(Object.values(event).flat().map(plain)),
};
const otherLabels = new Set(others.map(plain));
const droppedLabels = new Set(dropped.map(plain));
const dayLabels = new Set(hourLabels.map(plain));
const known = new Set([
  ...labelledKinds.flatMap((kind) => [...tables[kind].keys()]),
  ...[...otherLabels, ...droppedLabels, ...dayLabels],
]);
const longest = 24;

/** What a label may have been before somebody decorated it with words. Best first. */
function readingsOf(label: string): string[] {
  const whole = plain(label);
  const found = [whole];
  const bracket = /^(.{1,20}?)\((.{1,20})\)(.{0,6})$/.exec(whole);
  if (bracket) found.push(`${bracket[1]}${bracket[3]}`, bracket[2] ?? '');
  for (const form of [...found]) {
    const short = form.replace(/(안내|정보|내용|란|기재|입력|여부|변경|수정|정정|은|는)$/, '');
    const bare = short.replace(
      /^(저희|우리|본원|귀|신규|등록|현재|소속|변경할|변경된|변경후|수정할|새|새로운)/,
      '',
    );
    const own = bare.replace(/^(병원|의원|이벤트|의사|의료진|대표)(의)?/, '');
    found.push(short, bare, own);
  }
  const parts = whole.split(/[/&,]/);
  if (parts.length > 1 && parts.every((part) => known.has(part))) found.push(...parts);
  return found.filter((form) => form !== '');
}

/** `병원명(영문)`: a name for other purposes. */
const foreignLabel = /영문|영어|한자|중문|일문/;
const contactLabel = /^.{0,5}(?:담당(?!의|원장|과)자?|실무자|신청[자인]|작성자).{0,6}(?<![다요])$/;

const meanings = new Map<string, string | null>();

/** The label as our tables spell it, or null for one we do not know. */
export function canonical(label: string): string | null {
  if (label.length > longest * 2) return null;
  const before = meanings.get(label);
  if (before !== undefined) return before;
  const key = plain(label);
  const contact = contactLabel.test(key) ? plain('담당자') : null;
  const foreign = foreignLabel.test(key) && !/[가-힣]\/|[(]국문/.test(key) ? plain('영문명') : null;
  const fits = key !== '' && key.length <= longest;
  const found = !fits
    ? null
    : known.has(key)
      ? key
      : (contact ?? foreign ?? readingsOf(label).find((form) => known.has(form)) ?? null);
  // Labels come from strangers: what is remembered of them must not grow without end.
  if (meanings.size > 5_000) meanings.clear();
  meanings.set(label, found);
  return found;
}

export const isKnownLabel = (label: string): boolean => canonical(label) !== null;
/** `평일`, `점심시간`: a label that is itself part of opening hours. */
export const isDayLabel = (label: string): boolean => dayLabels.has(canonical(label) ?? '');
export const isDroppedLabel = (label: string): boolean => droppedLabels.has(canonical(label) ?? '');

/** Words that stand under a label as often as they are one: `의원` under 종별, `대표원장` under 직책. */
const answers = new Set(
  list`
  병원 의원 의료기관 의사 원장 대표원장 대표 전문의 이벤트 시술 할인 부위 면허 자격 심의 VAT포함 VAT별도 부가세포함
  부가세별도 공휴일 일요일 토요일 평일 휴진 상담전화
`.map(plain),
);
/** A label that can hardly be the value of another. */
export const isPlainLabel = (label: string): boolean => {
  const form = canonical(label);
  return form !== null && !answers.has(form) && !dayLabels.has(form);
};
export const isContactLabel = (label: string): boolean => canonical(label) === plain('담당자');

/** Our name of a written label, or null for one the kind has no field for. */
export function fieldOf(kind: LabelledKind, label: string): string | null {
  const form = canonical(label);
  if (form === null) return null;
  return tables[kind].get(form) ?? (kind === 'hospital' && dayLabels.has(form) ? 'hours' : null);
}

/** Kinds that have this label to themselves or with one other; empty for labels all kinds share. */
export function kindsOf(label: string): readonly LabelledKind[] {
  const form = canonical(label);
  if (form === null) return [];
  return labelledKinds.filter(
    (kind) => ownLabels[kind].has(form) || (kind === 'hospital' && dayLabels.has(form)),
  );
}

/** Labels that also stand for something else: another label of the field outweighs them without a contradiction. */
const weak = new Set(
  list`
  연락처 휴대폰 휴대전화 핸드폰 모바일 MOBILE HP H.P M 예약전화 예약번호 예약문의 상담전화 법인명 법인명(단체명)
  업체명 등록번호 소속 시술 이벤트 의료진 전공 자격 자격사항 휴대폰번호 핸드폰번호 문의전화 전화상담 분류 부위 제목 원장 병원
  의원 의료기관 사업자 의사 시술명 수술명
`.map(plain),
);
export const isWeakLabel = (label: string): boolean => weak.has(canonical(label) ?? '');

/** Labels a sentence may name (`사업자번호는 …`): two letters or more, longest first. */
export const sentenceLabels: readonly string[] = [...known]
  .filter(
    (label) =>
      /^[가-힣]{2,}$/.test(label) && !dayLabels.has(label) && (label === '대표원장' || !answers.has(label)),
  )
  .sort((a, b) => b.length - a.length);

const kindWords = {
  event: { strong: /이벤트|프로모션|행사\s*(등록|신청|요청)/, weak: /할인|특가|행사/ },
  doctor: {
    strong:
      /(의사|의료진|원장님?|전문의|닥터)\s*(신규|추가)?\s*(\d+\s*명)?\s*(등록|추가|신청|정보|변경|수정|목록|명단)/,
    weak: /의사|의료진|원장/,
  },
  hospital: {
    strong: /(병원|의원|기관)\s*(신규)?\s*(등록|입점|신청|정보|추가|변경|수정|목록)|입점|개원/,
    weak: /병원|의원|클리닉/,
  },
} as const;

/** How clearly words such as a subject or a sheet's name speak of each kind: 2 clearly, 1 perhaps, 0 not. */
export function hintsOf(words: string): Readonly<Record<LabelledKind, 0 | 1 | 2>> {
  const bracket = /^\s*(?:(?:re|fw|fwd|답장|전달)\s*:\s*)*[[(【<]([^\])】>]{1,20})[\])】>]/i.exec(words)?.[1];
  const clearIn = (text: string) => labelledKinds.filter((kind) => kindWords[kind].strong.test(text));
  const bracketed = bracket ? clearIn(bracket) : [];
  const clear = bracketed.length > 0 ? bracketed : clearIn(words);
  const hint = (kind: LabelledKind) => {
    if (clear.includes(kind)) return 2;
    return clear.length === 0 && kindWords[kind].weak.test(words) ? 1 : 0;
  };
  return { hospital: hint('hospital'), doctor: hint('doctor'), event: hint('event') };
}
