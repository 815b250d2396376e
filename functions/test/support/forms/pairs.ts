/** What a form says of a hospital, doctor or event: labels and values in some of their ways, and what they mean. */
import { departmentNames } from '../../../src/directory/schema.ts';
import type { Chance } from './chance.ts';
import {
  businessNumberWritten,
  dayWritten,
  hoursMeant,
  hoursWritten,
  licenceWritten,
  periodWritten,
  phoneWritten,
  priceWritten,
} from './notations.ts';
import { type DoctorTruth, departmentsNamed, type EventTruth, type HospitalTruth } from './truths.ts';

export interface FormPair {
  readonly label: string;
  /** Lines: a layout joins them with ` / `, or breaks them. */
  readonly value: readonly string[];
}
export interface Form {
  readonly kind: 'hospital' | 'doctor' | 'event';
  readonly pairs: readonly FormPair[];
  readonly fields: Readonly<Record<string, unknown>>;
}

const list = (words: string): readonly string[] => words.split(' ');
const pair = (chance: Chance, labels: string, ...value: string[]): FormPair => ({
  label: chance.pick(list(labels)),
  value,
});

interface Said {
  readonly pairs: readonly FormPair[];
  readonly fields: Readonly<Record<string, unknown>>;
}
const nothing: Said = { pairs: [], fields: {} };
const said = (fields: Said['fields'], ...pairs: readonly FormPair[]): Said => ({ pairs, fields });

/** In order, sometimes in another; what is optional is sometimes left out. */
function formOf(
  chance: Chance,
  kind: Form['kind'],
  first: Said,
  needed: readonly Said[],
  optional: readonly Said[],
): Form {
  const kept = chance.some(optional, chance.int(Math.ceil(optional.length / 2), optional.length));
  const rest = [...needed, ...kept];
  const all = [first, ...(chance.happens(0.3) ? chance.shuffled(rest) : rest)];
  return {
    kind,
    pairs: all.flatMap(({ pairs }) => pairs),
    fields: Object.assign({}, ...all.map(({ fields }) => fields)),
  };
}

export const hospitalLabels =
  '병원명 의원명 상호 상호명 기관명 요양기관명 업체명 병원이름 상호(병원명) 의료기관명 병원명칭';

export function hospitalForm(chance: Chance, truth: HospitalTruth): Form {
  const { name, type, departments, zip } = truth;
  const zipInAddress = chance.happens(0.3);
  const address = zipInAddress
    ? chance.pick([`(${zip}) ${truth.address}`, `(우)${zip} ${truth.address}`, `${zip} ${truth.address}`])
    : truth.address;
  const place = { region: truth.region, district: truth.district };
  const separator = chance.pick([', ', ', ', '/', ' / ', '·', ' ']);
  const contact = `010-${chance.digits(4)}-${chance.digits(4)}`;
  return formOf(
    chance,
    'hospital',
    said({ name, ...(type ? { type } : {}) }, pair(chance, hospitalLabels, name)),
    [
      said(
        { businessNumber: truth.businessNumber },
        pair(
          chance,
          '사업자등록번호 사업자번호 등록번호 사업자No',
          businessNumberWritten(chance, truth.businessNumber),
        ),
      ),
      said(
        { representative: truth.representative },
        pair(
          chance,
          '대표자 대표 대표원장 원장명 개설자 성명(대표자) 대표자명 대표자성명',
          `${truth.representative}${chance.pick(['', '', '', ' 원장', ' 대표원장', '원장님'])}`,
        ),
      ),
      said(
        { ...place, address: truth.address, ...(zipInAddress ? { zip } : {}) },
        pair(chance, '주소 소재지 사업장소재지 병원위치 오시는길 병원주소', address),
      ),
      said(
        { phone: truth.phone.e164 },
        pair(
          chance,
          '전화 대표전화 전화번호 연락처 TEL 예약전화 대표번호',
          phoneWritten(chance, truth.phone),
        ),
      ),
    ],
    [
      said(
        { departments: [...departments].sort() },
        pair(chance, '진료과목 진료과 진료분야 표시과목', departmentsNamed(departments).join(separator)),
      ),
      said(
        { openingHours: hoursMeant(truth.hours) },
        pair(chance, '진료시간 운영시간 영업시간 진료일', ...hoursWritten(chance, truth.hours)),
      ),
      said({ type: type ?? '의원' }, pair(chance, '종별 의료기관종별 병원종류', type ?? '의원')),
      said(
        { careInstitutionNumber: truth.careInstitutionNumber },
        pair(chance, '요양기관번호 요양기관기호 기관기호 요양기호', truth.careInstitutionNumber),
      ),
      zipInAddress ? nothing : said({ zip }, pair(chance, '우편번호', zip)),
      said({ homepage: truth.homepage }, pair(chance, '홈페이지 웹사이트', truth.homepage)),
      said({}, pair(chance, '개업일 개원일 설립일 개설일자', '2019.3.4')),
      said(
        {},
        {
          label: chance.pick(['담당자', '담당자 / 연락처', '담당자(연락처)', '담당']),
          value: [`박실장 / ${contact}`],
        },
      ),
      said(
        {},
        pair(
          chance,
          '이메일 E-mail 팩스 인스타 카카오채널 주차 외국어',
          chance.pick(['desk@raon.example', '가능', '@raon']),
        ),
      ),
    ],
  );
}

function qualification(chance: Chance, { specialty, specialistNumber }: DoctorTruth): Said {
  if (specialty === null)
    return said(
      { isSpecialist: false },
      pair(
        chance,
        '전문의 전문의여부 전문과목 전문의자격',
        chance.pick(['아니오', '해당없음', '없음', '일반의', 'X', '해당 없음', '전문의 아님']),
      ),
    );
  const name = Object.entries(departmentNames).find(([code]) => code === specialty)?.[1] ?? '';
  const number = licenceWritten(chance, specialistNumber);
  const fields = { isSpecialist: true, specialty };
  return chance.pick([
    said(
      { ...fields, specialistNumber },
      pair(chance, '전문의 전문과목 전문의자격', `${name} 전문의 (자격번호 ${number})`),
    ),
    said(
      { ...fields, specialistNumber },
      pair(chance, '전문의 전문과목', chance.pick([`${name} 전문의`, name])),
      pair(chance, '자격번호 전문의자격번호 전문의번호', number),
    ),
    said(fields, pair(chance, '전문의 전문과목 전문의자격', `${name} 전문의`)),
    said(fields, { label: '전문의 여부', value: ['O'] }, { label: '전문과목', value: [name] }),
  ]);
}

/** `order`: the same for doctors of one mail, who are told of in one order. */
export function doctorForm(
  chance: Chance,
  truth: DoctorTruth,
  clinic: HospitalTruth | null,
  order: Chance = chance,
): Form {
  const title = chance.pick(['', '', ' 원장', ' 대표원장', ' (대표원장)', '원장님']);
  const mobile = `010${chance.digits(8)}`;
  const written = chance.pick([`${mobile.slice(0, 3)}-${mobile.slice(3, 7)}-${mobile.slice(7)}`, mobile]);
  const belongs =
    clinic === null
      ? nothing
      : said(
          { hospitalName: clinic.name, hospitalBusinessNumber: clinic.businessNumber },
          ...chance.pick([
            [
              pair(chance, '소속병원 병원명 소속 근무병원 근무지', clinic.name),
              pair(chance, '사업자등록번호 사업자번호', businessNumberWritten(chance, clinic.businessNumber)),
            ],
            [
              pair(
                chance,
                '소속병원 소속병원명 병원명',
                `${clinic.name} (사업자번호 ${businessNumberWritten(chance, clinic.businessNumber)})`,
              ),
            ],
          ]),
        );
  const name = said(
    { name: truth.name },
    pair(chance, '의사명 원장님성함 성명 이름 의료진명 의료진 의사성명', `${truth.name}${title}`),
  );
  const isFirst = order.happens(0.6);
  return formOf(
    order,
    'doctor',
    isFirst ? name : belongs,
    [
      isFirst ? belongs : name,
      said(
        { licenceNumber: truth.licenceNumber },
        pair(chance, '면허번호 의사면허번호 의사면허 면허No', licenceWritten(chance, truth.licenceNumber)),
      ),
      qualification(chance, truth),
    ],
    [
      said({ career: truth.career }, pair(chance, '경력 약력 주요경력 이력', ...truth.career)),
      said(
        { focus: truth.focus },
        pair(chance, '주진료 전문분야 관심분야', truth.focus.join(chance.pick([', ', ',', ' / ', '·']))),
      ),
      said({ phone: `+82${mobile.slice(1)}` }, pair(chance, '연락처 휴대폰 핸드폰', written)),
    ],
  );
}

function pricesSaid(chance: Chance, truth: EventTruth): Said {
  const { priceBefore, priceAfter, vatIncluded } = truth;
  const [before, after] = [priceWritten(chance, priceBefore), priceWritten(chance, priceAfter)];
  const vat = vatIncluded
    ? chance.pick(['VAT 포함', '부가세 포함', 'VAT포함'])
    : chance.pick(['VAT 별도', '부가세별도']);
  const fields = { priceBefore, priceAfter, vatIncluded };
  const percent = Math.floor(((priceBefore - priceAfter) / priceBefore) * 100);
  const rate = chance.happens(0.3) ? [pair(chance, '할인율', `${percent}%`)] : [];
  const both = [
    pair(chance, '정상가 정가 원가 기존가 할인전 정상가격', before),
    pair(chance, '할인가 이벤트가 행사가 특가 할인후 이벤트가격', after),
  ];
  const [first, second] = both;
  if (!first || !second) return nothing;
  return chance.pick([
    said(fields, first, { ...second, value: [`${after} (${vat})`] }, ...rate),
    said(fields, ...both, ...rate, {
      label: chance.pick(['VAT', '부가세', 'VAT 포함여부', '부가세 포함 여부']),
      value: [vatIncluded ? chance.pick(['포함', 'VAT 포함', '포함가']) : chance.pick(['별도', '미포함'])],
    }),
    said(fields, {
      label: chance.pick(['가격', '금액', '비용']),
      value: [`${before} ${chance.pick(['→', '->', '⇒'])} ${after} (${vat})`],
    }),
  ]);
}

export function eventForm(chance: Chance, truth: EventTruth, clinic: HospitalTruth | null): Form {
  const { startsOn, endsOn } = truth;
  const days = chance.happens(0.7)
    ? [pair(chance, '기간 이벤트기간 행사기간 진행기간', periodWritten(chance, startsOn, endsOn))]
    : [
        pair(chance, '시작일 이벤트시작일', dayWritten(chance, startsOn)),
        pair(chance, '종료일 마감 이벤트종료일', dayWritten(chance, endsOn)),
      ];
  const number = truth.adReviewNumber;
  const reviewed = chance.happens(0.5)
    ? said(
        { adReviewNumber: number, adReviewValidUntil: truth.validUntil },
        pair(
          chance,
          '심의번호 광고심의번호 심의필번호 의료광고심의번호',
          `제 ${number} 호 (유효기간 ${dayWritten(chance, truth.validUntil)}까지)`,
        ),
      )
    : said(
        { adReviewNumber: number },
        pair(
          chance,
          '심의번호 광고심의번호 심의필번호 심의필',
          chance.pick([number, `제 ${number} 호`, `제${number}호`]),
        ),
      );
  const belongs = clinic
    ? said({ hospitalName: clinic.name }, pair(chance, '병원명 상호 의원명 기관명', clinic.name))
    : nothing;
  return formOf(
    chance,
    'event',
    belongs,
    [
      said({ title: truth.title }, pair(chance, '이벤트명 상품명 시술명 프로모션 이벤트제목', truth.title)),
      pricesSaid(chance, truth),
      said({ startsOn, endsOn }, ...days),
    ],
    [
      said({ category: truth.category }, pair(chance, '시술부위 시술분류 카테고리', truth.category)),
      said({ target: truth.target }, pair(chance, '대상 할인대상 조건', truth.target)),
      reviewed,
      said({ sideEffects: truth.sideEffects }, pair(chance, '부작용 주의사항', truth.sideEffects)),
      said({}, pair(chance, '담당의 옵션 추가금', '별도 문의')),
    ],
  );
}
