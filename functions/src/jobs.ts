/**
 * What the schedules run, in order. A job that fails is logged and does not keep the next from running; each takes up
 * what it finds undone, so the next run makes good for one that was missed or died.
 */
import { endSuspensions } from './access/suspension.ts';
import { queueReminders, sweepReminders } from './appointments/reminders.ts';
import { sweepRooms } from './chat/sweep.ts';
import { recountBoard } from './community/nightly.ts';
import { turnEvents } from './directory/due.ts';
import { tellReviewExpiry } from './directory/reviewExpiry.ts';
import { followNumbers } from './feeds/numbers.ts';
import { sweepInbound } from './inbound/queue.ts';
import { closeDays } from './ledger/closing.ts';
import { endMeasures } from './moderation/acts.ts';
import { confirmAdConsents } from './notifications/adConsents.ts';
import { sendCampaigns } from './notifications/campaigns.ts';
import { sweepPushes } from './notifications/sending.ts';
import { sweepOutbox } from './outbox/edge.ts';
import { errorFields, log } from './platform/log.ts';
import { tellVoucherEnds } from './prepays/ending.ts';
import { reconcileOrders } from './prepays/reconciling.ts';
import { carryOutReversals } from './prepays/reversing.ts';
import { resumeTossHints } from './prepays/webhook.ts';
import { carryOutRefunds } from './refunds/carrying.ts';
import { refundClosed } from './refunds/closings.ts';
import { answerDue } from './registrations/answers.ts';
import { purgeMailFiles } from './registrations/expiry.ts';
import { followUpDue } from './registrations/follow.ts';
import { sendDigest } from './registrations/morning.ts';
import { tellDecisions } from './registrations/notices.ts';
import { purgeDue } from './retention/purge.ts';
import { recountRatings } from './reviews/nightly.ts';
import { compareWithToss } from './settlement/agreeing.ts';
import { countSales } from './settlement/salesDays.ts';
import { closeWeeks } from './settlement/weeks.ts';
import { runSubscriptions } from './subscriptions/applying.ts';
import { resumeWithdrawals } from './withdrawal/edge.ts';
import { reconcileKakao, resumeKakaoEvents } from './withdrawal/kakaoEdge.ts';

type Job = readonly [name: string, run: (now: number) => Promise<unknown>];

export const everyFiveMinutes: readonly Job[] = [
  ['turnEvents', turnEvents],
  ['endSuspensions', endSuspensions],
  ['endMeasures', endMeasures],
  ['tellReviewExpiry', tellReviewExpiry],
  ['sweepOutbox', sweepOutbox],
  ['sendCampaigns', sendCampaigns],
  ['sweepPushes', sweepPushes],
  ['sweepReminders', sweepReminders],
  ['sweepInbound', sweepInbound],
  ['answerDue', answerDue],
  ['followUpDue', followUpDue],
  ['tellDecisions', tellDecisions],
  ['resumeKakaoEvents', resumeKakaoEvents],
  ['resumeWithdrawals', resumeWithdrawals],
  ['followNumbers', followNumbers],
  ['tellVoucherEnds', tellVoucherEnds],
  ['reconcileOrders', reconcileOrders],
  ['carryOutReversals', carryOutReversals],
  ['resumeTossHints', resumeTossHints],
  ['refundClosed', refundClosed],
  ['carryOutRefunds', carryOutRefunds],
  ['runSubscriptions', runSubscriptions],
];

export const nightly: readonly Job[] = [
  ['reconcileKakao', reconcileKakao],
  ['purgeDue', purgeDue],
  ['purgeMailFiles', purgeMailFiles],
  ['recountRatings', recountRatings],
  ['sweepRooms', sweepRooms],
  ['queueReminders', queueReminders],
  ['recountBoard', recountBoard],
  ['closeDays', closeDays],
  ['closeWeeks', closeWeeks],
  ['countSales', countSales],
  ['compareWithToss', compareWithToss],
];

export const everyMorning: readonly Job[] = [
  ['sendDigest', sendDigest],
  ['confirmAdConsents', confirmAdConsents],
];

export async function runJobs(jobs: readonly Job[], now: number): Promise<void> {
  for (const [name, run] of jobs) {
    try {
      await run(now);
    } catch (error) {
      log.error('job.failed', { name, ...errorFields(error) });
    }
  }
}
