/**
 * What the law wants told of consents to advertising (정보통신망법 제50조 제7항, 제8항; domain sheet §3.3): what became of a
 * statement, within 14 days (here at once), and every two years that the consent still stands and how to end it. Both are
 * notices about a contract, not advertising.
 */

import type { z } from 'zod';
import { accountOf } from '../accounts/members.ts';
import { type Account, type ConsentType, consentEntrySchema } from '../accounts/schema.ts';
import { koreanDayOf } from '../kernel/korean.ts';
import { mailSender } from '../platform/config.ts';
import { db, isStale, Timestamp, type Transaction } from '../platform/firebase.ts';
import { errorFields, log } from '../platform/log.ts';
import { collection } from '../platform/store.ts';
import { type News, notify, notifyIn } from './notify.ts';
import { adConsentSchema } from './schema.ts';

type ConsentState = NonNullable<Account['consents']['adPush']>;
type ConsentEntry = z.infer<typeof consentEntrySchema>;
type AdConsent = z.infer<typeof adConsentSchema>;

const adConsents = () => collection('adConsents', adConsentSchema);

const names: Partial<Record<ConsentType, string>> = {
  adPush: '광고성 정보 수신',
  nightPush: '야간 광고성 정보 수신',
};
const target = (uid: string) => `users/${uid}/private/account`;

/** The same day and hour two years on. Who agreed on 29 February is asked on 1 March. */
export function twoYearsAfter(ms: number): number {
  const moment = new Date(ms);
  moment.setUTCFullYear(moment.getUTCFullYear() + 2);
  return moment.getTime();
}

/** When somebody is to be asked again, by the consents as they stand: events may come late and out of order. */
function follow(
  tx: Transaction,
  uid: string,
  agreed: ConsentState | undefined,
  known: AdConsent | undefined,
): void {
  const ref = adConsents().doc(uid);
  const agreedAt = agreed?.granted === true ? agreed.at.toMillis() : null;
  if (agreedAt === (known?.agreedAt.toMillis() ?? null)) return;
  if (agreedAt === null) {
    tx.delete(ref);
    return;
  }
  const confirmAt = Timestamp.fromMillis(twoYearsAfter(agreedAt));
  tx.set(ref, { agreedAt: Timestamp.fromMillis(agreedAt), confirmAt });
}

/** What the member is told of what they said; null where nothing is. */
function newsOf(uid: string, entryId: string, { decisions, at }: ConsentEntry): News | null {
  const told = decisions.filter(({ type, granted }) => type in names && (granted || entryId !== 'joined'));
  if (told.length === 0) return null;
  const day = koreanDayOf(at.toMillis());
  const lines = told.map(({ type, granted }) => `${names[type]} ${granted ? '동의' : '거부(동의 철회)'}`);
  const body = `${day} 처리: ${lines.join(', ')}. 보낸 이 ${mailSender().name}. 앱 설정에서 언제든지 바꿀 수 있습니다.`;
  return { kind: 'consent', title: '광고성 정보 수신 의사 처리 결과', body, target: target(uid) };
}

/**
 * An entry of the ledger of consents: tells the member what became of what they said of advertising. What somebody did
 * not agree to when joining was no refusal, and is not told. Whoever has left meanwhile is told nothing.
 */
export async function onConsentsSaid(uid: string, entryId: string, data: unknown): Promise<void> {
  const entry = consentEntrySchema.safeParse(data);
  if (!entry.success) {
    log.error('consents.unreadable', { uid, entryId });
    return;
  }
  if (!entry.data.decisions.some(({ type }) => type in names)) return;
  const news = newsOf(uid, entryId, entry.data);
  const cause = `consent-${entryId}`;
  await db().runTransaction(async (tx) => {
    const [account, known, told] = await Promise.all([
      tx.get(accountOf(uid)),
      tx.get(adConsents().doc(uid)),
      tx.get(db().doc(`users/${uid}/notifications/${cause}`)),
    ]);
    follow(tx, uid, account.data()?.consents.adPush, known.data());
    if (account.exists && news && !told.exists) notifyIn(tx, uid, cause, news);
  });
}

async function confirm(uid: string): Promise<boolean> {
  const snapshot = await adConsents().doc(uid).get();
  const known = snapshot.data();
  if (!known || !snapshot.updateTime) return false;
  const agreed = (await accountOf(uid).get()).data()?.consents.adPush;
  if (agreed?.granted !== true) {
    await snapshot.ref.delete();
    return false;
  }
  const due = known.confirmAt.toMillis();
  const body = `${koreanDayOf(known.agreedAt.toMillis())}에 동의하신 광고성 정보 수신이 유지되고 있습니다. 계속 받으시려면 그대로 두시고, 원하지 않으시면 앱 설정 > 알림에서 무료로 거부해 주세요. ${mailSender().name}`;
  await notify(uid, `confirm-ads-${koreanDayOf(due)}`, {
    ...{ kind: 'consent', title: '광고성 정보 수신 동의 확인', body, target: target(uid) },
  });
  const confirmAt = Timestamp.fromMillis(twoYearsAfter(due));
  await snapshot.ref
    .update({ confirmAt }, { lastUpdateTime: snapshot.updateTime })
    .catch((error: unknown) => {
      if (!isStale(error)) throw error;
    });
  return true;
}

const perQuery = 200;
const mostQueries = 50;

/** Asks those whose consent to advertising was last confirmed two years before `now` (epoch ms) whether it still holds. */
export async function confirmAdConsents(now: number): Promise<number> {
  let asked = 0;
  for (let query = 0; query < mostQueries; query += 1) {
    const due = await adConsents()
      .where('confirmAt', '<=', Timestamp.fromMillis(now))
      .orderBy('confirmAt')
      .limit(perQuery)
      .select()
      .get();
    const outcomes = await Promise.all(
      due.docs.map(({ id: uid }) =>
        confirm(uid).catch((error: unknown) => {
          log.error('adConsents.notAsked', { uid, ...errorFields(error) });
          return null;
        }),
      ),
    );
    asked += outcomes.filter((outcome) => outcome === true).length;
    if (due.size < perQuery || outcomes.includes(null)) break;
  }
  log.info('adConsents.asked', { count: asked });
  return asked;
}
