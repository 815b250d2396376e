/**
 * How long what must be kept is kept, and from which day it must be gone. Pure. Terms are counted as the Civil Act
 * does (§157, §160): the first day does not count; a term of months or years ends on the day before the one that
 * corresponds to its beginning, and on the last day of the month where there is no such day. Days are Korean.
 */
import { auditKeptDays } from '../audit/schema.ts';
import { correspondingDay, daysAfter } from '../kernel/days.ts';

export interface Term {
  readonly months?: number;
  readonly days?: number;
  /** What is kept, in Korean, for docs/security.md. */
  readonly what: string;
  readonly law: string;
}

const ecommerce = '전자상거래법 시행령 제6조';

export const terms = {
  contract: { months: 60, what: '계약·청약철회 기록(약관·개인정보 동의 이력)', law: ecommerce },
  payment: { months: 60, what: '대금결제·재화 공급 기록(시술권)', law: ecommerce },
  dispute: { months: 36, what: '소비자 불만·분쟁 처리 기록(이용 정지)', law: ecommerce },
  advertising: { months: 6, what: '표시·광고 기록(광고 수신 동의 이력)', law: ecommerce },
  visit: { months: 3, what: '접속 기록(카카오 웹훅 원문)', law: '통신비밀보호법 시행령 제41조' },
  tax: { months: 60, what: '세금 증빙 서류', law: '국세기본법 제85조의3' },
  audit: {
    days: auditKeptDays,
    what: '개인정보 접속·처리 기록(감사 로그)',
    law: '개인정보의 안전성 확보조치 기준 제8조',
  },
  formerMember: { months: 12, what: '재가입 확인용 해시', law: '자체 기준(부정 이용 방지, 처리방침에 명시)' },
  rejectedPapers: {
    days: 90,
    what: '반려·종료된 등록의 첨부 서류',
    law: '자체 기준(이의·재접수 대응, 처리방침에 명시)',
  },
  rawMail: { months: 12, what: '등록 메일 원본', law: '자체 기준(접수 사실 증명, 처리방침에 명시)' },
  withdrawal: { months: 36, what: '탈퇴 처리 증적(개인정보 없음)', law: '자체 기준(파기 증명)' },
} as const satisfies Record<string, Term>;

export type TermName = keyof typeof terms;

/** The first day on which something of `day` must no longer be there. */
export function purgeOn(name: TermName, day: string): string {
  const { months = 0, days = 0 }: Term = terms[name];
  return daysAfter(correspondingDay(daysAfter(day, 1), months), days);
}
