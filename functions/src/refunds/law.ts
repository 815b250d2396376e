/**
 * What the law and the consumer-dispute table give back, as data with citations (domain sheet §3.4). `confirmed` says
 * whether the sheet found it in a source; what is false is general knowledge, for a lawyer to confirm before going live.
 */
export interface Provision {
  /** As it is cited to the member. */
  readonly law: string;
  readonly says: string;
  readonly confirmed: boolean;
}

/** 청약철회: seven days, and then without any penalty, for what has not begun of a service that can be divided. */
export const coolingOff = {
  days: 7,
  law: '전자상거래법 제17조①·②5호 단서, 제18조⑨',
  says: '7일 안에는 아직 제공되지 않은 부분을 위약금 없이 돌려받는다',
  confirmed: true,
} as const satisfies Provision & { readonly days: number };

/** 표시·광고와 다른 때: three months from the supply, thirty days from knowing. */
export const misdescription = {
  months: 3,
  days: 30,
  law: '전자상거래법 제17조③',
  says: '광고와 다르면 공급받은 날부터 3개월, 안 날부터 30일 안에 철회할 수 있다',
  confirmed: true,
} as const satisfies Provision & { readonly months: number; readonly days: number };

/** 환급 기한과 지연이자. */
export const repayment = {
  workdays: 3,
  interestPercent: 15,
  law: '전자상거래법 제18조②, 시행령 제21조의3',
  says: '3영업일 안에 환급하고, 늦으면 연 15%를 더한다',
  confirmed: false,
} as const satisfies Provision & { readonly workdays: number; readonly interestPercent: number };

/** 피부과 시술 묶음: used sessions at the contract’s unit price, and at most ten percent. Never at the price before the discount. */
export const packages = {
  mostPenaltyPercent: 10,
  faultPercent: 10,
  law: '소비자분쟁해결기준(의료업: 피부과 시술)',
  says: '사용한 회차는 계약 단가로 계산하고, 위약금은 10%를 넘지 못한다',
  confirmed: false,
} as const satisfies Provision & { readonly mostPenaltyPercent: number; readonly faultPercent: number };

/**
 * 성형수술 예약금: what comes back by whole Korean days before the appointment, of a deposit of at most a tenth of the
 * price; what was paid above that always comes back. At the hospital’s fault it adds what it could have kept.
 */
export const surgeryDeposit = {
  countedPercent: 10,
  table: [
    { daysBefore: 3, backPercent: 90 },
    { daysBefore: 2, backPercent: 50 },
    { daysBefore: 1, backPercent: 20 },
    { daysBefore: Number.NEGATIVE_INFINITY, backPercent: 0 },
  ],
  law: '소비자분쟁해결기준(의료업: 성형수술 예약금)',
  says: '3일 전까지 90%, 2일 전 50%, 1일 전 20%를 돌려받고, 시술비의 10%를 넘는 예약금은 언제나 돌려받는다',
  confirmed: true,
} as const satisfies Provision & {
  readonly countedPercent: number;
  readonly table: readonly { readonly daysBefore: number; readonly backPercent: number }[];
};

/** 병원 귀책: the deposit and as much again as the table would have cost the member. */
export const hospitalFault = {
  law: '소비자분쟁해결기준(의료업: 사업자 귀책)',
  says: '낸 돈을 돌려받고, 같은 시점의 위약금만큼 배상받는다',
  confirmed: false,
} as const satisfies Provision;

/** What we promise beyond the law. */
export const promise = {
  law: '닥터피치 환불 정책',
  says: '한 번도 쓰지 않은 시술권은 언제나 전액, 병원이 문을 닫으면 남은 회차 전액을 돌려준다',
  confirmed: true,
} as const satisfies Provision;

export const provisions: readonly Provision[] = [
  coolingOff,
  misdescription,
  repayment,
  packages,
  surgeryDeposit,
  hospitalFault,
  promise,
];

/** The share of a counted deposit that comes back, so many days before the appointment. */
export const backPercentAt = (daysBefore: number): number =>
  surgeryDeposit.table.find((row) => daysBefore >= row.daysBefore)?.backPercent ?? 0;
