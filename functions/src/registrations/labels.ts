/** How clinics label what they send. Spaces and decoration are stripped before look-up; the longest label wins. */

/** Our field for each label, per kind where the same word means different things. */
const shared: Record<string, readonly string[]> = {
  businessNumber: ['사업자등록번호', '사업자번호', '등록번호', '사업자No'],
  hospitalName: [
    '병원명',
    '의원명',
    '상호',
    '상호명',
    '법인명(단체명)',
    '기관명',
    '요양기관명',
    '업체명',
    '병원이름',
    '소속병원',
    '소속',
  ],
  phone: ['전화', '대표전화', '전화번호', '연락처', 'TEL', 'T', '예약전화'],
  homepage: ['홈페이지', '웹사이트'],
};

const hospital: Record<string, readonly string[]> = {
  name: [
    '병원명',
    '의원명',
    '상호',
    '상호명',
    '법인명(단체명)',
    '기관명',
    '요양기관명',
    '업체명',
    '병원이름',
  ],
  representative: ['대표자', '대표', '대표원장', '원장명', '개설자', '성명(대표자)', '대표자명'],
  careInstitutionNumber: ['요양기관번호', '요양기관기호', '기관기호', '요양기호'],
  type: ['종별', '의료기관종별', '병원종류', '의료기관종류'],
  address: ['주소', '소재지', '사업장소재지', '병원위치', '오시는길', '병원주소'],
  zip: ['우편번호'],
  departments: ['진료과목', '진료과', '진료분야', '표시과목'],
  hours: ['진료시간', '운영시간', '영업시간', '진료일'],
};

const doctor: Record<string, readonly string[]> = {
  name: ['의사명', '의료진', '원장님성함', '이름', '성명', '의사성명', '원장명'],
  licenceNumber: ['면허번호', '의사면허', '의사면허번호', '면허No'],
  specialist: ['전문의', '전문과목', '전문의자격', '전공'],
  specialistNumber: ['자격번호', '전문의자격번호', '전문의번호'],
  career: ['경력', '약력', '이력', '주요경력', '학력', '출신학교', '학회', '소속학회'],
  focus: ['주진료', '전문분야', '관심분야', '주요시술'],
};

const event: Record<string, readonly string[]> = {
  title: ['이벤트명', '상품명', '시술명', '이벤트제목', '프로모션'],
  category: ['시술부위', '시술분류', '카테고리'],
  priceBefore: ['정상가', '정가', '원가', '기존가', '할인전'],
  priceAfter: ['할인가', '이벤트가', '행사가', '특가', '할인후'],
  discount: ['할인율'],
  vat: ['VAT', '부가세'],
  period: ['기간', '이벤트기간', '행사기간'],
  startsOn: ['시작일'],
  endsOn: ['종료일', '마감', '마감일'],
  target: ['대상', '할인대상', '조건', '할인대상/범위', '할인대상범위'],
  scope: ['포함내역', '구성', '횟수', '용량'],
  adReviewNumber: ['심의번호', '심의필', '심의필번호', '광고심의', '광고심의번호', '의료광고심의번호'],
  sideEffects: ['부작용', '주의사항', '부작용및주의사항'],
};

export type LabelledKind = 'hospital' | 'doctor' | 'event';
const byKind = { hospital, doctor, event };

const plain = (label: string) =>
  label
    .normalize('NFC')
    .replace(/\(필수\)|\(선택\)/g, '')
    .replace(/[\s■□▶►●○◆◇※*·•\-[\]<>【】#\d.]/g, '')
    .toUpperCase();

function tableOf(kind: LabelledKind): Map<string, string> {
  const entries = [...Object.entries(shared), ...Object.entries(byKind[kind])];
  return new Map(entries.flatMap(([field, labels]) => labels.map((label) => [plain(label), field])));
}

const tables = { hospital: tableOf('hospital'), doctor: tableOf('doctor'), event: tableOf('event') };

/** Our name of a written label, or null for one we do not know. */
export function fieldOf(kind: LabelledKind, label: string): string | null {
  return tables[kind].get(plain(label)) ?? null;
}

/** Which kind a set of labels speaks of: the one with the most labels only it knows. */
export function kindOf(labels: readonly string[], subject: string): LabelledKind | null {
  const own = (kind: LabelledKind) =>
    labels.filter((label) => Object.values(byKind[kind]).flat().map(plain).includes(plain(label))).length;
  const hint = (kind: LabelledKind, words: RegExp) => own(kind) + (words.test(subject) ? 2 : 0);
  const scores: [LabelledKind, number][] = [
    ['event', hint('event', /이벤트|프로모션|할인/)],
    ['doctor', hint('doctor', /의사|의료진|원장/)],
    ['hospital', hint('hospital', /병원|의원|개원|입점/)],
  ];
  const [best] = scores.sort((a, b) => b[1] - a[1]);
  return best && best[1] >= 2 ? best[0] : null;
}
