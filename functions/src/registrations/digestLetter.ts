/** The operators' morning mail, in Korean: what waits, by numbers, tickets and ages. Pure. Names nobody. */
import { letter } from '../outbox/letter.ts';
import type { NewMail } from '../outbox/schema.ts';
import type { Registration } from './schema.ts';
import { dayInWords, kindNames } from './wording.ts';

export const openStates = ['PENDING_REVIEW', 'NEEDS_INFO', 'QUARANTINED'] as const;

export interface Waits {
  /** KST. */
  readonly day: string;
  readonly counts: Readonly<Record<(typeof openStates)[number], number>>;
  /** Waiting longest for a decision, oldest first. */
  readonly oldest: readonly (Pick<Registration, 'ticket' | 'kind' | 'state'> & { readonly hours: number })[];
  readonly parked: number;
  readonly unanswered: number;
  readonly failedMails: number;
}

const stateNames: Readonly<Record<string, string>> = {
  PENDING_REVIEW: '검토 대기',
  NEEDS_INFO: '보완 요청',
  QUARANTINED: '격리',
};

const ageOf = (hours: number) =>
  hours < 48 ? `${hours}시간` : `${Math.floor(hours / 24)}일 ${hours % 24}시간`;

/** One letter to each of the operators' addresses. */
export function digestLetter(to: string, waits: Waits): NewMail {
  const { day, counts, oldest, parked, unanswered, failedMails } = waits;
  const numbers = [
    ...openStates.map((state) => `- ${stateNames[state]}: ${counts[state]}건`),
    `- 읽지 못하고 보류된 메일: ${parked}통`,
    `- 회신을 기다리는 메일: ${unanswered}통`,
    `- 보내지 못한 메일(발송함): ${failedMails}통`,
  ];
  const list = oldest.map(
    ({ ticket, kind, state, hours }) =>
      `- ${ticket} ${kindNames[kind]} · ${stateNames[state] ?? state} · ${ageOf(hours)}째`,
  );
  return {
    ...{ kind: 'operatorsDigest', uid: null, to },
    subject: `[닥터피치] ${dayInWords(day)} 등록 현황 — 검토 대기 ${counts.PENDING_REVIEW}건`,
    ...letter({
      greeting: `${dayInWords(day)} 오전 9시 현황입니다.`,
      paragraphs: [
        numbers.join('\n'),
        list.length === 0 ? '결정을 기다리는 등록이 없습니다.' : `오래 기다린 순서\n${list.join('\n')}`,
      ],
      footer: '운영자에게 매일 보내는 메일입니다. 처리 방법은 운영 안내를 보세요.',
    }),
  };
}
