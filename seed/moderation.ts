/** A post that was reported and waits for an operator, and two members one of whom has blocked the other. */
import type { QueueItem, Report } from '../functions/src/moderation/schema.ts';
import { queueIdOf, targetOf } from '../functions/src/moderation/targets.ts';
import type { SeedPost } from './community.ts';
import { nth, type SeedDocument, seedTime } from './frame.ts';
import type { SeedUser } from './people.ts';

function reportsOf(post: SeedPost, reporters: readonly SeedUser[]): SeedDocument[] {
  return reporters.map(({ id: reporterUid }) => {
    const report: Report = {
      ...{
        targetType: 'FreeTalks',
        targetId: post.id,
        reporterUid,
        reason: '광고',
        text: '병원 직원 같아요.',
      },
      ...{ upheld: 0, dismissed: 0, answer: null, createdAt: seedTime },
    };
    return { path: `reports/FreeTalks_${post.id}_${reporterUid}`, data: { ...report } };
  });
}

function queueItemOf(post: SeedPost, reportCount: number): SeedDocument {
  const target = targetOf('FreeTalks', post.id, post.data);
  const { path, type, authorUid, hospitalId, digest, text } = target;
  const item: QueueItem = {
    ...{ path, type, authorUid, hospitalId, digest, excerpt: text.slice(0, 300), reasons: ['REPORT_광고'] },
    ...{
      message: '회원이 신고했습니다. 운영자가 확인합니다.',
      state: 'open',
      hidden: false,
      measureEndsAt: null,
    },
    ...{ measures: 0, removed: 0, reportCount, reportsAsOf: seedTime, appeal: null, decision: null },
    ...{ decisionNote: null, decisionProblems: [], decidedBy: null, decidedAt: null },
    ...{ openedAt: seedTime, updatedAt: seedTime },
  };
  return { path: `moderationQueue/${queueIdOf(target)}`, data: { ...item } };
}

function blockBetween({ id: by }: SeedUser, { id: other }: SeedUser): SeedDocument[] {
  const uids = [by, other].sort();
  const listOf = (uid: string, blocked: string[], hidden: string[]) => ({
    path: `users/${uid}/private/blocks`,
    data: { blocked, hidden, updatedAt: seedTime },
  });
  return [
    { path: `blocks/${uids.join('~')}`, data: { uids, by: [by], createdAt: seedTime } },
    listOf(by, [other], [other]),
    listOf(other, [], [by]),
  ];
}

export function moderationDocuments(posts: readonly SeedPost[], users: readonly SeedUser[]): SeedDocument[] {
  const reported = posts.find(({ data }) => data.status === 'published' && !data.pinned) ?? nth(posts, 0);
  const others = users.filter(({ id }) => id !== reported.data.authorUid);
  const reporters = others.slice(-2);
  return [
    ...reportsOf(reported, reporters),
    queueItemOf(reported, reporters.length),
    ...blockBetween(nth(others, 1), nth(others, 2)),
  ];
}
