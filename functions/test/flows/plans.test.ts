/** Advertising plans: charged once a month whatever Toss loses, tried again, paused, and never dearer without consent. */
import { randomUUID } from 'node:crypto';
import { daysAfter } from '../../src/kernel/days.ts';
import { koreanDayOf } from '../../src/kernel/korean.ts';
import { balancesOf } from '../../src/ledger/ledger.ts';
import { ledger } from '../../src/ledger/post.ts';
import { auth, db } from '../../src/platform/firebase.ts';
import { log } from '../../src/platform/log.ts';
import { enterClosing, runClosing } from '../../src/refunds/closings.ts';
import { billingRef, happen, runSubscriptions, subscriptions } from '../../src/subscriptions/applying.ts';
import { cardDeleted, cardMarkOf } from '../../src/subscriptions/cards.ts';
import { monthBegins } from '../../src/subscriptions/machine.ts';
import { changeCard, setPlan, start } from '../../src/subscriptions/starting.ts';
import { openBillingKey } from '../../src/subscriptions/vault.ts';
import { env, eventually, newPhone, refusal, signInWithGoogle } from '../support/app.ts';

const toss = (path: string, body: object) =>
  fetch(`${env('STANDIN_TOSS_URL')}/__control/${path}`, {
    ...{ method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
  });

Object.assign(process.env, {
  ...{
    TOSS_BASE: process.env.STANDIN_TOSS_URL,
    TOSS_SECRET_KEY: 'test_sk_local',
    FUNCTIONS_EMULATOR: 'true',
  },
  ...{ REFUND_ACCOUNT_KEY: 'local-refund-account-key', IDENTITY_SECRET: 'local-identity-secret' },
  ...{ MAIL_FROM: '닥터피치 <no-reply@doctorpitch.example>' },
});
beforeAll(() => {
  for (const level of ['info', 'warn', 'error'] as const) jest.spyOn(log, level).mockImplementation();
});
// The job goes through all there are.
afterEach(async () => {
  for (const { ref } of (await subscriptions().get()).docs) await ref.delete();
});
jest.setTimeout(120_000);

const price = 99_000;
const today = koreanDayOf(Date.now());
const at = (day: string) => Date.parse(`${day}T03:00:00Z`);
const month = (n: number) => monthBegins(today, n);

/** A hospital that reads its mail, and a plan of its own, so that tests do not meet. */
async function hospital(): Promise<{ hospitalId: string; planId: string }> {
  const hospitalId = `h-${randomUUID().slice(0, 8)}`;
  await db()
    .doc(`Hospitals/${hospitalId}/private/registration`)
    .set({
      ...{ businessNumber: '1208147521', careInstitutionNumber: null, registrationId: 'mail-1' },
      contactEmail: 'desk@raon.example',
    });
  await setPlan({ planId: hospitalId, name: '기본', price, isOpen: true }, '시험', 'operator-1');
  return { hospitalId, planId: hospitalId };
}
const started = async () => {
  const wish = { ...(await hospital()), price, authKey: randomUUID() };
  await start(wish);
  return wish;
};
const standing = async (id: string) => (await subscriptions().doc(id).get()).data();
const entries = async (id: string) =>
  (await ledger().where('hospitalId', '==', id).get()).docs.map((doc) => doc.data());
const letters = async (id: string) =>
  (await db().collection('outbox').get()).docs
    .filter((mail) => mail.id.startsWith(`plan-${id}-`))
    .map((mail) => mail.id.split('-')[3]);
const lose = (path: string) =>
  toss('fault', { match: { path, method: 'POST' }, kind: 'reset', after: true, times: 1 });
const refuse = (times: number) =>
  toss('refuse', { code: 'REJECT_CARD_PAYMENT', path: '/v1/billing/', times });
/** How many payments of a hospital Toss knows. */
async function paymentsOf(id: string): Promise<number> {
  const answer = await fetch(`${env('STANDIN_TOSS_URL')}/__control/payments`);
  return new Set((await answer.text()).match(new RegExp(`plan_${id}_\\d+`, 'g'))).size;
}
/** Every day's job until a day, which has come. */
async function until(from: string, to: string): Promise<void> {
  for (let day = from; day <= to; day = daysAfter(day, 1)) await runSubscriptions(at(day));
}

describe('a plan', () => {
  it('is charged when it begins, and every month after it was announced; the key of the card is sealed', async () => {
    const { hospitalId } = await started();
    expect(await standing(hospitalId)).toMatchObject({ phase: 'active', months: 1, paidUntil: month(1) });
    expect((await billingRef(hospitalId).get()).data()?.sealed).toMatch(/^v1\.[\w-]{40,}$/);
    await until(daysAfter(month(1), -8), month(1));
    await runSubscriptions(at(month(1)));
    expect(await standing(hospitalId)).toMatchObject({ months: 2, pending: null });
    expect(balancesOf(await entries(hospitalId))).toMatchObject({
      subscriptions: -2 * price,
      toss: 2 * price,
    });
    expect(await letters(hospitalId)).toEqual(['tellCharge']);
  });

  it('whose first answer is lost is charged once: the job finds the payment', async () => {
    const wish = { ...(await hospital()), price, authKey: randomUUID() };
    await lose('/v1/billing/bk*');
    await start(wish);
    expect((await standing(wish.hospitalId))?.pending).not.toBeNull();
    await runSubscriptions(Date.now());
    expect(await standing(wish.hospitalId)).toMatchObject({ months: 1, pending: null });
    expect(await entries(wish.hospitalId)).toHaveLength(1);
  });

  it.each(['FAILED_CARD_COMPANY_RESPONSE', 'NOT_SUPPORTED_METHOD'])(
    'whose charge Toss could not make (%s), and says so for ever, is charged the next day, once',
    async (code) => {
      const { hospitalId } = await started();
      await until(daysAfter(month(1), -7), daysAfter(month(1), -1));
      await toss('refuse', { code, path: '/v1/billing/bk', times: 1 });
      await until(month(1), month(1));
      // Nothing is certain on the day itself, however often it is asked.
      await until(month(1), month(1));
      expect(await standing(hospitalId)).toMatchObject({ months: 1, charges: 2 });
      await until(daysAfter(month(1), 1), daysAfter(month(1), 2));
      expect(await standing(hospitalId)).toMatchObject({ months: 2, charges: 3, failures: 0, pending: null });
      expect(await paymentsOf(hospitalId)).toBe(2);
      expect(log.error).toHaveBeenCalledWith(
        'subscription.notMade',
        expect.objectContaining({ hospitalId, code }),
      );
    },
  );

  it('that is cancelled while Toss could not make a charge ends, and is not charged', async () => {
    const { hospitalId } = await started();
    await until(daysAfter(month(1), -7), daysAfter(month(1), -1));
    await toss('refuse', { code: 'FAILED_DB_PROCESSING', path: '/v1/billing/bk', times: 1 });
    await until(month(1), month(1));
    await happen(hospitalId, { kind: 'cancelled', on: month(1) });
    await until(month(1), daysAfter(month(1), 1));
    // The charge may still have been under way when the day changed.
    expect(await standing(hospitalId)).toMatchObject({ phase: 'active', months: 1 });
    await until(daysAfter(month(1), 2), daysAfter(month(1), 2));
    expect(await standing(hospitalId)).toMatchObject({
      phase: 'ended',
      endedBecause: 'cancelled',
      card: null,
    });
    expect(await paymentsOf(hospitalId)).toBe(1);
  });

  it('whose first card is refused never was, and its card is forgotten', async () => {
    const wish = { ...(await hospital()), price, authKey: randomUUID() };
    await toss('refuse', { code: 'REJECT_CARD_PAYMENT', path: '/v1/billing/bk', times: 1 });
    expect(await start(wish)).toMatchObject({ phase: 'ended', endedBecause: 'unpaid' });
    expect((await billingRef(wish.hospitalId).get()).exists).toBe(false);
    expect(await start({ ...wish, authKey: randomUUID() })).toMatchObject({ phase: 'active', charges: 2 });
  });

  it('is begun once, at the price that was shown', async () => {
    const wish = await started();
    await expect(start({ ...wish, authKey: randomUUID() })).rejects.toMatchObject({
      reason: 'SUBSCRIPTION_RUNNING',
    });
    await expect(start({ ...(await hospital()), price: 1, authKey: 'a' })).rejects.toMatchObject({
      reason: 'PLAN_CHANGED',
    });
  });

  it('whose card is refused is tried after 1, 3 and 5 days, paused, and goes on with another card', async () => {
    const { hospitalId } = await started();
    await until(daysAfter(month(1), -7), daysAfter(month(1), -1));
    await refuse(4);
    await until(month(1), daysAfter(month(1), 6));
    expect(await standing(hospitalId)).toMatchObject({ phase: 'paused', months: 1, charges: 5 });
    expect((await letters(hospitalId)).sort()).toEqual([
      'tellCharge',
      'tellPaused',
      'tellRefused',
      'tellRefused',
      'tellRefused',
    ]);
    await changeCard(hospitalId, randomUUID());
    expect(await standing(hospitalId)).toMatchObject({ phase: 'active', months: 1, failures: 0 });
    expect(await entries(hospitalId)).toHaveLength(2);
  });

  it('whose card is deleted at Toss loses it, once, and charges nothing until there is another', async () => {
    const { hospitalId } = await started();
    const sealed = (await billingRef(hospitalId).get()).data()?.sealed ?? '';
    const billingKey = openBillingKey(hospitalId, sealed);
    const deleted = (key: string) => ({
      eventType: 'BILLING_DELETED',
      data: { billingKey: key, reason: '' },
    });
    const url = `${env('FUNCTIONS_BASE_URL')}/tossWebhook`;
    await toss('send', { url, bodies: [deleted('bk_guessed'), deleted(billingKey)], times: 2 });
    await eventually('the card to be gone', async () => (await standing(hospitalId))?.card === null);
    expect((await billingRef(hospitalId).get()).exists).toBe(false);
    expect(await cardDeleted(cardMarkOf(billingKey))).toBe(false);
    await until(daysAfter(month(1), -7), month(1));
    expect(await standing(hospitalId)).toMatchObject({ phase: 'pastDue', months: 1, pending: null });
    expect(await entries(hospitalId)).toHaveLength(1);
    expect((await letters(hospitalId)).sort()).toEqual(['cardGone', 'tellCharge', 'tellRefused']);
    await changeCard(hospitalId, randomUUID());
    expect(await standing(hospitalId)).toMatchObject({ phase: 'active', months: 2 });
    expect(await cardDeleted(cardMarkOf(billingKey))).toBe(false);
    expect(await entries(hospitalId)).toHaveLength(2);
  });

  it('whose card is changed twice with the same authentication keeps that card', async () => {
    const { hospitalId } = await started();
    const authKey = randomUUID();
    await changeCard(hospitalId, authKey);
    await changeCard(hospitalId, authKey);
    await until(daysAfter(month(1), -7), month(1));
    expect(await standing(hospitalId)).toMatchObject({ phase: 'active', months: 2 });
  });

  it('that was begun, though nobody learned of it, keeps its card', async () => {
    const wish = { ...(await hospital()), price, authKey: randomUUID() };
    const run = db().runTransaction.bind(db());
    const losing = jest.spyOn(db(), 'runTransaction').mockImplementationOnce(async (update) => {
      await run(update);
      throw new Error('the answer to the commit was lost');
    });
    await expect(start(wish)).rejects.toThrow('lost');
    losing.mockRestore();
    await runSubscriptions(Date.now());
    expect(await standing(wish.hospitalId)).toMatchObject({ phase: 'active', months: 1 });
  });

  it('that becomes dearer ends unless the hospital agrees', async () => {
    const [silent, agreeing] = [await started(), await started()];
    for (const { planId } of [silent, agreeing]) {
      await setPlan({ planId, name: '기본', price: 129_000, isOpen: true }, '인상', 'operator-1');
    }
    const from = (await standing(silent.hospitalId))?.rise?.from ?? '';
    await until(today, daysAfter(from, -20));
    await happen(agreeing.hospitalId, { kind: 'answered', on: daysAfter(from, -20), answer: 'yes' });
    await until(daysAfter(from, -20), from);
    expect(await standing(silent.hospitalId)).toMatchObject({
      phase: 'ended',
      endedBecause: 'noConsent',
      card: null,
    });
    expect(await standing(agreeing.hospitalId)).toMatchObject({ phase: 'active', price: 129_000 });
    expect(
      (await entries(agreeing.hospitalId))
        .map(({ amounts }) => amounts.toss)
        .sort((a, b) => a - b)
        .at(-1),
    ).toBe(129_000);
  });

  it('is charged although others, which are due before it, cannot be gone on with', async () => {
    const broken = [await started(), await started(), await started()];
    const { hospitalId } = await started();
    await until(daysAfter(month(1), -7), daysAfter(month(1), -1));
    for (const { hospitalId: id } of broken) {
      await billingRef(id).update({ sealed: 'v1.broken' });
      await subscriptions()
        .doc(id)
        .update({ nextOn: daysAfter(month(1), -1) });
    }
    expect(await runSubscriptions(at(month(1)), 2)).toBe(4);
    expect(await standing(hospitalId)).toMatchObject({ months: 2, pending: null });
  });

  it('that is cancelled is charged nothing more; its card is forgotten', async () => {
    const { hospitalId } = await started();
    await happen(hospitalId, { kind: 'cancelled', on: today });
    await until(daysAfter(month(1), -8), month(1));
    expect(await standing(hospitalId)).toMatchObject({
      phase: 'ended',
      endedBecause: 'cancelled',
      nextOn: null,
    });
    expect(await entries(hospitalId)).toHaveLength(1);
    expect((await billingRef(hospitalId).get()).exists).toBe(false);
  });

  it('of a hospital that closes is cancelled, also where it was kept on later', async () => {
    const { hospitalId } = await started();
    await enterClosing(hospitalId, '폐업', 'operator-1');
    await runClosing(hospitalId);
    expect(await standing(hospitalId)).toMatchObject({ phase: 'active', cancelledOn: today });
    await happen(hospitalId, { kind: 'keptOn', on: today });
    await runClosing(hospitalId);
    await until(daysAfter(month(1), -8), month(1));
    expect(await standing(hospitalId)).toMatchObject({ phase: 'ended', endedBecause: 'cancelled' });
    expect(await entries(hospitalId)).toHaveLength(1);
    await runClosing(hospitalId);
  });

  it('may be cancelled by operators, who leave their name; not by the staff of another hospital', async () => {
    const { hospitalId } = await started();
    const phone = newPhone();
    const [email, input] = [`${randomUUID()}@plans.example`, { hospitalId }];
    const uid = await signInWithGoogle(phone, email);
    const become = async (claims: object) => {
      await auth().setCustomUserClaims(uid, claims);
      await phone.auth.currentUser?.getIdToken(true);
    };
    await become({ role: 'hospitalStaff', hospitalIds: ['h-other'] });
    expect(await refusal(phone, 'cancelSubscription', input)).toMatchObject({ reason: 'NOT_ALLOWED' });
    await become({ role: 'operator' });
    await phone.call('cancelSubscription', input);
    expect(await standing(hospitalId)).toMatchObject({ phase: 'active', cancelledOn: today });
    const log = db().collection('auditLog').where('target', '==', `subscriptions/${hospitalId}`);
    expect((await log.get()).docs.map((doc) => doc.data())).toMatchObject([
      { action: 'plan.cancel', by: uid },
    ]);
    await phone.close();
  });
});
