/** What a report is worth, and which are none. Pure: knows no Firebase. */
import type { Reporter, ReportReason } from './schema.ts';

/** `counts` towards holding content back; `queue`: an operator looks, no more; `none`: answered at once. */
export type Ground = 'counts' | 'queue' | 'none';

/**
 * What a ground is worth, by who names it. A hospital's displeasure with a review is no ground, and a hospital never holds
 * content back by reporting: what it says infringes its rights goes the way of the law (44-2).
 */
const grounds: Readonly<Record<ReportReason, Readonly<Record<'member' | 'hospital', Ground>>>> = {
  허위: { member: 'counts', hospital: 'none' },
  대가성: { member: 'counts', hospital: 'queue' },
  광고: { member: 'counts', hospital: 'queue' },
  욕설: { member: 'counts', hospital: 'queue' },
  개인정보: { member: 'counts', hospital: 'queue' },
  저작권: { member: 'counts', hospital: 'queue' },
  기타: { member: 'queue', hospital: 'none' },
};

export const groundOf = (reason: ReportReason, by: 'member' | 'hospital'): Ground => grounds[reason][by];

export const answers = {
  hospital: '병원 관계자의 신고로 접수되어 운영자가 확인합니다. 신고만으로 글이 가려지지는 않습니다.',
  none: '후기에 대한 불만이나 의견 차이는 신고 사유가 되지 않습니다. 권리가 침해되었다면 소명 자료와 함께 임시조치를 신청해 주세요.',
  upheld: '신고하신 내용을 확인하여 조치했습니다.',
  dismissed: '신고하신 내용을 확인했으나 운영 기준을 어기지 않았습니다.',
} as const;

/** From 0 to 1: how often this reporter was right, as if they had been right once and wrong once before, twice over. */
export function weightOf({ upheld, dismissed }: Pick<Reporter, 'upheld' | 'dismissed'>): number {
  return Math.min(1, (2 * (upheld + 1)) / (upheld + dismissed + 2));
}

export const leastTrusted = 0.5;
export const weightToHold = 3;

/** Whether reports by these people (distinct) hold content back. Those who are mostly wrong do not count. */
export function isEnough(reporters: readonly Pick<Reporter, 'upheld' | 'dismissed'>[]): boolean {
  const weights = reporters.map(weightOf).filter((weight) => weight >= leastTrusted);
  return weights.reduce((sum, weight) => sum + weight, 0) >= weightToHold;
}
