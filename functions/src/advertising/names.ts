/**
 * How a hospital may call itself. Pure. Source: 의료법 제42조, 의료법 시행규칙 제40조: the kind of institution
 * follows a proper name that must not resemble a department or an illness; only a specialist may put the
 * department in between (`라온성형외과의원`). Whoever is none writes `라온의원 진료과목: 성형외과`.
 */
import { departmentNames, type hospitalTypes } from '../directory/schema.ts';
import { tidy } from '../kernel/korean.ts';
import type { Finding } from './finding.ts';

export type DepartmentCode = keyof typeof departmentNames;
export type HospitalType = (typeof hospitalTypes)[number];

export interface NamedHospital {
  readonly name: string;
  readonly type: HospitalType | null;
  /** Departments its specialists are qualified in; null while nobody has looked. */
  readonly specialists: readonly DepartmentCode[] | null;
  /** A specialist certificate came with the registration; the operator compares it. */
  readonly hasSpecialistPaper?: boolean;
}

const ruleOfKinds = '의료법 제42조 제1항';
const ruleOfNames = '의료법 시행규칙 제40조 제1호';
const maxLength = 60;

// 의료법 시행규칙 제41조 제1항: what a hospital or clinic may show, longest first so that 정형외과 is not 외과.
const departments = [
  ...[
    '직업환경의학과',
    '심장혈관흉부외과',
    '정신건강의학과',
    '마취통증의학과',
    '방사선종양학과',
    '진단검사의학과',
  ],
  ...['소아청소년과', '이비인후과', '비뇨의학과', '영상의학과', '재활의학과', '가정의학과', '구강악안면외과'],
  ...[
    '치과보철과',
    '치과교정과',
    '치과보존과',
    '한방내과',
    '한방부인과',
    '한방소아과',
    '사상체질과',
    '응급의학과',
  ],
  ...['비뇨기과', '흉부외과', '신경외과', '정형외과', '성형외과', '산부인과', '소아치과', '신경과', '소아과'],
  ...['피부과', '핵의학과', '병리과', '결핵과', '치주과', '침구과', '안과', '내과', '외과'],
] as const;

// `재활의학과의원` before `의원`; a mental or care hospital calls itself 병원 as well.
const endings: readonly [string, readonly HospitalType[]][] = [
  ['상급종합병원', ['상급종합병원']],
  ['종합병원', ['종합병원', '상급종합병원']],
  ['치과병원', ['치과병원']],
  ['치과의원', ['치과의원']],
  ['한방병원', ['한방병원']],
  ['한의원', ['한의원']],
  ['병원', ['병원', '종합병원', '상급종합병원']],
  ['의원', ['의원']],
];

const resembling =
  /(성형|피부|정형|이비인후|산부인|비뇨|소아|교정|탈모|비만|아토피|항문|대장|척추|관절|여드름|당뇨|통증|유방|모발|임플란트)$/;
const misleading: readonly [RegExp, string][] = [
  [/종합(?!병원$)/, '종합'],
  [/대학(?!교?병원|교?.{0,6}병원$)/, '대학'],
  [/국제|글로벌|월드/, '국제'],
  [/센터/, '센터'],
  [/클리닉|메디컬|메디칼/, '클리닉'],
  [/전문/, '전문'],
  [/국립|시립|도립|보건소/, '국공립'],
  [/최고|제일가는|으뜸|넘버원|베스트/, '최고'],
];

function found(
  code: string,
  severity: Finding['severity'],
  name: string,
  rule: string,
  words: string,
): Finding {
  return {
    code,
    field: 'name',
    excerpt: name.slice(0, maxLength),
    rule,
    severity,
    message: `${words} (${rule})`,
  };
}

function endingOf(name: string): (typeof endings)[number] | null {
  return endings.find(([ending]) => name.endsWith(ending)) ?? null;
}

function typeFindings(name: string, type: HospitalType | null): Finding[] {
  const ending = endingOf(name);
  if (!ending) {
    const words = '개설신고증명서에 적힌 명칭 그대로, 의료기관 종별(의원·병원 등)까지 적어 주세요';
    return [found('NAME_WITHOUT_TYPE', 'warn', name, ruleOfKinds, words)];
  }
  if (type === null || ending[1].includes(type)) return [];
  const words = `명칭의 종별(${ending[0]})과 적어 주신 종별(${type})이 다릅니다. 개설신고증명서대로 고쳐 주세요`;
  return [found('NAME_TYPE_MISMATCH', 'block', name, ruleOfKinds, words)];
}

/** The department a name carries right before the kind of institution, e.g. 성형외과 in 라온성형외과의원. */
export function departmentInName(name: string): string | null {
  const written = tidy(name).replace(/\s/g, '');
  const stem = written.slice(0, written.length - (endingOf(written)?.[0].length ?? 0));
  return departments.find((department) => stem.endsWith(department)) ?? null;
}

const codeOf = (department: string) =>
  Object.entries(departmentNames).find(([, name]) => name === department)?.[0] ?? null;

function departmentFindings(hospital: NamedHospital, name: string): Finding[] {
  const department = departmentInName(name);
  if (department === null) {
    const stem = name.slice(0, name.length - (endingOf(name)?.[0].length ?? 0));
    const alike = resembling.exec(stem)?.[1];
    if (alike === undefined) return [];
    const words = `고유명칭 "${alike}"이(가) 진료과목이나 질환명과 비슷합니다. 개설신고증명서의 명칭인지 확인이 필요합니다`;
    return [found('NAME_LIKE_DEPARTMENT', 'warn', name, ruleOfNames, words)];
  }
  const code = codeOf(department);
  const { specialists, hasSpecialistPaper = false } = hospital;
  if (specialists?.some((each) => each === code)) return [];
  const plain = `${name.replace(department, '')} 진료과목: ${department}`;
  if (specialists === null || code === null || hasSpecialistPaper) {
    const words = `명칭에 "${department}"를 쓰려면 ${department} 전문의가 있어야 합니다. 전문의 자격증을 확인해 주세요. 없다면 "${plain}"로 적어야 합니다`;
    return [found('NAME_NEEDS_SPECIALIST', 'warn', name, ruleOfNames, words)];
  }
  const words = `${department} 전문의가 없으면 명칭에 "${department}"를 쓸 수 없습니다. "${plain}"로 고치거나 전문의 자격증을 보내 주세요`;
  return [found('NAME_NEEDS_SPECIALIST', 'block', name, ruleOfNames, words)];
}

function wordFindings(name: string): Finding[] {
  const words = misleading
    .filter(([pattern]) => pattern.test(name))
    .map(([, word]) =>
      found(
        'NAME_MISLEADING',
        'warn',
        name,
        ruleOfNames,
        `명칭의 "${word}"이(가) 종별이나 규모를 오인하게 하지 않는지 확인이 필요합니다`,
      ),
    );
  const foreign = /^[^가-힣]+$/.test(name)
    ? [
        found(
          'NAME_FOREIGN',
          'warn',
          name,
          ruleOfNames,
          '외국어만으로 된 명칭입니다. 한글 명칭을 확인해 주세요',
        ),
      ]
    : [];
  return [...words.slice(0, 1), ...foreign];
}

/** What is wrong, or to be looked at, with a hospital's name. An empty name is no finding: it is missing. */
export function hospitalNameFindings(hospital: NamedHospital): Finding[] {
  const name = tidy(hospital.name).replace(/\s/g, '');
  if (name === '') return [];
  const long =
    hospital.name.length > maxLength
      ? [found('NAME_TOO_LONG', 'block', name, ruleOfKinds, `명칭은 ${maxLength}자까지 적을 수 있습니다`)]
      : [];
  return [
    ...long,
    ...typeFindings(name, hospital.type),
    ...departmentFindings(hospital, name),
    ...wordFindings(name),
  ];
}
