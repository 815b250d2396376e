/**
 * The server’s own work in a process of its own, with a clock that can be set, and that can be killed. Run by
 * `work()` in leaver.ts: `node worker.ts <command> <JSON>`; answers `RESULT <JSON>` on the last line.
 */

import type { Change, DocumentSnapshot } from 'firebase-functions/v2/firestore';
import { endSuspensions } from '../../src/access/suspension.ts';
import { messageWritten } from '../../src/chat/follow.ts';
import { sweepRooms } from '../../src/chat/sweep.ts';
import { erasers } from '../../src/erasers.ts';
import { sendPush } from '../../src/notifications/sending.ts';
import { onMailQueued } from '../../src/outbox/edge.ts';
import type { Eraser } from '../../src/platform/erasing.ts';
import { auth, db } from '../../src/platform/firebase.ts';
import { answerDue } from '../../src/registrations/answers.ts';
import { readMail } from '../../src/registrations/edge.ts';
import { resumeWithdrawals } from '../../src/withdrawal/edge.ts';
import { reconcileKakao, resumeKakaoEvents } from '../../src/withdrawal/kakaoEdge.ts';
import { requestWithdrawal } from '../../src/withdrawal/request.ts';
import { runWithdrawal } from '../../src/withdrawal/run.ts';
import { makeMortal, makeMortalFetch, makeWritesMortal } from './mortal.ts';

interface Order {
  readonly uid: string;
  readonly id: string;
  readonly now: number;
  /** The how manieth moment of this process is its last; 0: it lives. */
  readonly killAt: number;
  readonly budgetMs: number;
  readonly email: string;
}

/** Before and after every write of every eraser there is a moment: no more is needed to be killed anywhere. */
function mortal(all: readonly Eraser[], killAt: number): Eraser[] {
  let moments = 0;
  const moment = () => {
    moments += 1;
    if (moments === killAt) process.kill(process.pid, 'SIGKILL');
  };
  return all.map((eraser): Eraser => {
    if (eraser.kind === 'outside') {
      return {
        ...eraser,
        find: async (leaver) => {
          moment();
          return eraser.find(leaver);
        },
        erase: async (leaver, paths) => {
          moment();
          await eraser.erase(leaver, paths);
          moment();
        },
      };
    }
    return {
      ...eraser,
      nextPage: async (leaver) => {
        moment();
        const changes = await eraser.nextPage(leaver);
        moment();
        return changes;
      },
    };
  });
}

const commands: Readonly<Record<string, (order: Order) => Promise<unknown>>> = {
  request: ({ uid }) => requestWithdrawal({ uid, requestedBy: 'operator', by: 'operator-1', reason: '시험' }),
  run: ({ id, now, killAt, budgetMs }) =>
    runWithdrawal(id, { erasers: mortal(erasers, killAt), now: () => now, budgetMs }),
  resume: ({ now }) => resumeWithdrawals(now),
  events: ({ now }) => resumeKakaoEvents(now),
  reconcile: ({ now }) => reconcileKakao(now),
  sweep: ({ now }) => endSuspensions(now),
  sweepRooms: ({ now }) => sweepRooms(now),
  messageWritten: async ({ id, killAt }) => {
    const [, roomId = '', , messageId = ''] = id.split('/');
    const [before, after] = await db().getAll(db().doc('nothing/here'), db().doc(id));
    makeWritesMortal(killAt);
    // The handler reads snapshots only.
    await messageWritten(roomId, messageId, { before, after } as unknown as Change<DocumentSnapshot>);
  },
  readMail: async ({ id, killAt }) => {
    makeMortal(killAt);
    await readMail({ data: { mailId: id } });
  },
  answerDue: ({ now, killAt }) => {
    makeMortal(killAt);
    return answerDue(now);
  },
  sendMail: async ({ id, killAt }) => {
    const data = await db().doc(`outbox/${id}`).get();
    makeMortal(killAt);
    // Only `data` is read by the handler.
    await onMailQueued({ data } as unknown as Parameters<typeof onMailQueued>[0]);
  },
  sendPush: ({ id, now, killAt }) => {
    makeMortalFetch(killAt);
    return sendPush(id, () => now);
  },
  authUser: async ({ uid }) => (await auth().getUser(uid)).toJSON(),
  confirmAddress: async ({ uid, email }) => {
    const password = 'pa55-phrase';
    await auth().updateUser(uid, { email, emailVerified: true, password });
  },
  createAuthUser: async ({ uid }) => (await auth().createUser({ uid })).uid,
};

const [, , name = '', json = '{}'] = process.argv;
const command = commands[name];
if (!command) throw new Error(`no command ${name}`);
const order = {
  uid: '',
  id: '',
  now: Date.now(),
  killAt: 0,
  budgetMs: 400_000,
  email: '',
  ...JSON.parse(json),
};
try {
  console.log(`\nRESULT ${JSON.stringify({ value: (await command(order)) ?? null })}`);
} catch (error) {
  const code = error instanceof Error && 'reason' in error ? error.reason : String(error);
  console.log(`\nRESULT ${JSON.stringify({ error: code })}`);
}
process.exit(0);
