/** Ordering, paying, using and giving vouchers, as the app, the hospital, Toss and thieves do it. */
import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { makeDirectory } from '../../../seed/directory.ts';
import type { Event } from '../../src/directory/schema.ts';
import { momentsOf } from '../../src/directory/visibility.ts';
import { daysAfter } from '../../src/kernel/days.ts';
import { koreanDayOf } from '../../src/kernel/korean.ts';
import { balancesOf } from '../../src/ledger/ledger.ts';
import { ledgerEntrySchema } from '../../src/ledger/schema.ts';
import { auth, db, Timestamp } from '../../src/platform/firebase.ts';
import { log } from '../../src/platform/log.ts';
import { codeAt, stepAt, stepMs, writeCode } from '../../src/prepays/codes.ts';
import { tellVoucherEnds } from '../../src/prepays/ending.ts';
import { reconcileOrders } from '../../src/prepays/reconciling.ts';
import { carryOutReversals } from '../../src/prepays/reversing.ts';
import {
  type OrderOffered,
  type OrderOutput,
  orderSchema,
  prepaySchema,
  type UseOutput,
} from '../../src/prepays/schema.ts';
import { answerMs } from '../../src/prepays/voucher.ts';
import { resumeTossHints } from '../../src/prepays/webhook.ts';
import { carryOutRefunds } from '../../src/refunds/carrying.ts';
import {
  control,
  env,
  eventually,
  knownToKakao,
  newPhone,
  type Phone,
  refusal,
  signInWithGoogle,
  signInWithKakao,
} from '../support/app.ts';

const phones: Phone[] = [];
beforeAll(() => {
  // The jobs run here, beside the suite: they ask the same Toss and know the same secrets.
  process.env.TOSS_BASE = env('STANDIN_TOSS_URL');
  process.env.TOSS_SECRET_KEY = 'test_sk_local';
  process.env.REFUND_ACCOUNT_KEY = 'local-refund-account-key';
  process.env.IDENTITY_SECRET = 'local-identity-secret';
  process.env.FUNCTIONS_EMULATOR = 'true';
  for (const level of ['info', 'warn', 'error'] as const)
    jest.spyOn(log, level).mockImplementation(() => undefined);
});
beforeEach(() => toss('reset'));
afterAll(() => Promise.all(phones.map((phone) => phone.close())));

const paymentShape = z.looseObject({ paymentKey: z.string(), status: z.string(), balanceAmount: z.number() });
const toss = (route: string, body: unknown = {}) => control('STANDIN_TOSS_URL', route, body);
const tossFault = (fault: Record<string, unknown>) => toss('fault', fault);
const healToss = () => fetch(`${env('STANDIN_TOSS_URL')}/__control/faults`, { method: 'DELETE' });
const webhookUrl = () => `${env('FUNCTIONS_BASE_URL')}/tossWebhook`;

let kakaoIds = 8_800_000 + Math.floor(Math.random() * 100_000) * 10;
interface Person {
  readonly phone: Phone;
  readonly uid: string;
}
async function member(): Promise<Person> {
  const phone = newPhone();
  phones.push(phone);
  kakaoIds += 1;
  return { phone, uid: await signInWithKakao(phone, await knownToKakao(kakaoIds)) };
}
async function withRole(claims: Record<string, unknown>): Promise<Person> {
  const phone = newPhone();
  phones.push(phone);
  const email = `${randomUUID()}@prepay.example`;
  const uid = await signInWithGoogle(phone, email);
  await auth().setCustomUserClaims(uid, claims);
  await signInWithGoogle(phone, email);
  await phone.auth.currentUser?.getIdToken(true);
  return { phone, uid };
}
const staffOf = (hospitalId: string) => withRole({ role: 'hospitalStaff', hospitalIds: [hospitalId] });

interface Sale {
  readonly eventId: string;
  readonly hospitalId: string;
  readonly price: number;
}
const directory = makeDirectory('full');
const shown = directory.events.filter(({ data }) => data.published);
let taken = 0;

/** An event of the seed, with its hospital, that runs now; a different one each time. */
async function running(): Promise<{ eventId: string; data: Event }> {
  const event = shown[taken % shown.length];
  const hospital = directory.hospitals.find(({ id }) => id === event?.data.hospitalId);
  if (!event || !hospital) throw new Error('the seed has no such event');
  taken += 1;
  const today = koreanDayOf(Date.now());
  const days = { startsOn: daysAfter(today, -1), endsOn: daysAfter(today, 30), adReviewValidUntil: null };
  const { appearsAt, vanishesAt } = momentsOf(days);
  const season = { appearsAt: Timestamp.fromMillis(appearsAt), vanishesAt: Timestamp.fromMillis(vanishesAt) };
  const data = { ...event.data, ...days, ...season };
  await db().doc(`Hospitals/${hospital.id}`).set(hospital.data);
  await db().doc(`Events/${event.id}`).set(data);
  return { eventId: event.id, data };
}

/** Something put up for sale. */
async function sale({ sessions = 3, left = null as number | null } = {}): Promise<Sale> {
  const {
    eventId,
    data: { hospitalId, priceAfter: price },
  } = await running();
  const updatedAt = Timestamp.now();
  const option = { id: 'three', name: `${sessions}회`, price, sessions, limited: left !== null };
  await db()
    .doc(`offers/${eventId}`)
    .set({ hospitalId, isOpen: true, eventPrice: price, options: [option], updatedAt });
  if (left !== null) await db().doc(`stocks/${eventId}~three`).set({ left, updatedAt });
  return { eventId, hospitalId, price };
}

const wishFor = ({ eventId, price }: Sale) => ({
  eventId,
  optionId: 'three',
  price,
  requestId: randomUUID(),
});
const order = ({ phone }: Person, sold: Sale) => phone.call<OrderOffered>('createPrepayOrder', wishFor(sold));
/** The buyer agrees in the payment window. */
async function agreed({ orderId, amount }: OrderOffered) {
  const { paymentKey } = paymentShape.parse(await toss('open', { orderId, amount }));
  return { orderId, paymentKey, amount };
}
const confirm = ({ phone }: Person, payment: unknown) => phone.call<OrderOutput>('confirmPrepay', payment);
async function bought(who: Person, sold: Sale): Promise<string> {
  const { voucherId } = await confirm(who, await agreed(await order(who, sold)));
  if (!voucherId) throw new Error('no voucher');
  return voucherId;
}

const orderOf = async (id: string) => orderSchema.parse((await db().doc(`orders/${id}`).get()).data());
const voucherOf = async (id: string) => prepaySchema.parse((await db().doc(`prepays/${id}`).get()).data());
const hasVoucher = async (id: string) => (await db().doc(`prepays/${id}`).get()).exists;
/** Lets the order be due now. */
const due = (id: string) =>
  db()
    .doc(`orders/${id}`)
    .update({ nextLookAt: Timestamp.fromMillis(0) });
async function booksOf(orderId: string) {
  const [all, returned] = await Promise.all([
    db().collection('ledger').get(),
    db().collection('refunds').where('orderId', '==', orderId).get(),
  ]);
  const paidBack = new Set(returned.docs.map((refund) => `refundPaid~${refund.get('transactionKey')}`));
  const own = all.docs.filter(({ id }) => id.includes(orderId) || paidBack.has(id));
  return balancesOf(own.map((entry) => ledgerEntrySchema.parse(entry.data())));
}
const inToss = async (paymentKey: string) =>
  paymentShape.parse(
    await (
      await fetch(`${env('STANDIN_TOSS_URL')}/v1/payments/${paymentKey}`, {
        headers: { authorization: `Basic ${Buffer.from('test_sk_local:').toString('base64')}` },
      })
    ).json(),
  );

describe('paying', () => {
  it('makes one voucher, however often and from however many phones it is confirmed', async () => {
    const who = await member();
    const sold = await sale();
    const wish = wishFor(sold);
    const first = await who.phone.call<OrderOffered>('createPrepayOrder', wish);
    expect(await who.phone.call('createPrepayOrder', wish)).toEqual(first);
    const payment = await agreed(first);
    const answers = await Promise.all([1, 2, 3].map(() => confirm(who, payment)));
    expect(new Set(answers.map(({ voucherId }) => voucherId))).toEqual(new Set([first.orderId]));
    const voucher = await voucherOf(first.orderId);
    expect(voucher).toMatchObject({ ownerUid: who.uid, paid: sold.price, sessionsTotal: 3, state: 'active' });
    expect(voucher.expiresAt.toMillis()).toBeGreaterThan(Date.now() + 365 * 86_400_000);
    expect(await booksOf(first.orderId)).toMatchObject({ toss: sold.price, vouchers: -sold.price });
  });

  it('is paid although the answer was lost: Toss is asked', async () => {
    const who = await member();
    const payment = await agreed(await order(who, await sale()));
    await tossFault({ match: { path: '/v1/payments/confirm' }, kind: 'reset', after: true, times: 1 });
    expect(await confirm(who, payment)).toEqual({ state: 'PAID', voucherId: payment.orderId });
  });

  it('is found out later when Toss says nothing at all', async () => {
    const who = await member();
    const payment = await agreed(await order(who, await sale()));
    await tossFault({ match: { path: '/v1/payments/confirm' }, kind: 'reset', after: true, times: 1 });
    await tossFault({ match: { method: 'GET' }, kind: 'reset' });
    expect(await confirm(who, payment)).toEqual({ state: 'CONFIRMING', voucherId: null });
    const other = await agreed({
      orderId: payment.orderId,
      amount: payment.amount,
      orderName: '',
      expiresAt: '',
    });
    expect((await refusal(who.phone, 'confirmPrepay', other)).reason).toBe('PAYMENT_RUNNING');
    await healToss();
    await due(payment.orderId);
    await reconcileOrders(Date.now());
    expect(await orderOf(payment.orderId)).toMatchObject({ state: 'PAID', nextLookAt: null });
    expect((await inToss(other.paymentKey)).status).toBe('IN_PROGRESS');
  });

  it('is finished by the job when the confirmation never reached Toss', async () => {
    const who = await member();
    const payment = await agreed(await order(who, await sale()));
    await tossFault({ match: { path: '/v1/payments/*' }, kind: 'reset' });
    expect((await confirm(who, payment)).state).toBe('CONFIRMING');
    await healToss();
    await due(payment.orderId);
    await reconcileOrders(Date.now());
    expect((await voucherOf(payment.orderId)).state).toBe('active');
  });

  it('tells why a card was refused, keeps that from everybody but operators, and takes another card', async () => {
    const who = await member();
    const offered = await order(who, await sale());
    await toss('refuse', { code: 'REJECT_CARD_COMPANY', path: '/v1/payments/confirm' });
    const refused = await refusal(who.phone, 'confirmPrepay', await agreed(offered));
    expect(refused).toMatchObject({
      reason: 'PAYMENT_REFUSED',
      details: { tossCode: 'REJECT_CARD_COMPANY' },
    });
    expect(refused.details.tell).toMatch(/카드사/);
    const tries = await db().collection('paymentAttempts').where('orderId', '==', offered.orderId).get();
    expect(tries.docs.map((attempt) => attempt.get('code'))).toEqual(['REJECT_CARD_COMPANY']);
    expect((await orderOf(offered.orderId)).state).toBe('OPEN');
    expect((await confirm(who, await agreed(offered))).state).toBe('PAID');
  });

  it('refuses what is not the caller’s, not the amount, not the payment of the order', async () => {
    const [who, thief] = [await member(), await member()];
    const sold = await sale();
    const offered = await order(who, sold);
    const payment = await agreed(offered);
    const others: Record<string, unknown> = {
      confirmPrepay: payment,
      cancelPrepayOrder: { orderId: payment.orderId },
      issuePrepayAccount: { orderId: payment.orderId, bank: '20', payerName: '김민지' },
    };
    for (const [name, input] of Object.entries(others))
      expect((await refusal(thief.phone, name, input)).reason).toBe('ORDER_NOT_FOUND');
    expect((await refusal(who.phone, 'confirmPrepay', { ...payment, amount: 100 })).reason).toBe(
      'AMOUNT_DIFFERS',
    );
    const own = await order(thief, sold);
    const stolen = { ...payment, orderId: own.orderId };
    expect((await refusal(thief.phone, 'confirmPrepay', stolen)).reason).toBe('PAYMENT_UNAVAILABLE');
    const made = { ...payment, paymentKey: 'pk_invented' };
    expect((await refusal(who.phone, 'confirmPrepay', made)).reason).toBe('PAYMENT_REFUSED');
    expect((await inToss(payment.paymentKey)).status).toBe('IN_PROGRESS');
    expect((await confirm(who, payment)).state).toBe('PAID');
  });
});

describe('what is for sale', () => {
  const option = { id: 'one', name: '1회', price: 0, sessions: 1, left: null };

  it('is set by operators, in the shape of the event, and bought by what they have set', async () => {
    const { eventId, data: event } = await running();
    const { priceAfter: price } = event;
    const five = { ...option, id: 'five', name: '5회', price: price * 4, sessions: 5, left: 1 };
    const offer = {
      ...{ eventId, isOpen: true, options: [{ ...option, price }, five], reason: '병원 요청 (문의 1234)' },
    };
    const operator = await withRole({ role: 'operator' });
    const [staff, who] = [await staffOf(event.hospitalId), await member()];
    for (const { phone } of [staff, who])
      expect((await refusal(phone, 'setOffer', offer)).reason).toBe('NOT_ALLOWED');
    const set = (change: Record<string, unknown>) =>
      refusal(operator.phone, 'setOffer', { ...offer, ...change });
    const wrong: Record<string, unknown>[] = [
      { options: [] },
      { options: [five, { ...option, price }] },
      { options: [{ ...option, price: price - 1 }] },
      {
        options: [
          { ...option, price },
          { ...five, id: 'one' },
        ],
      },
      { options: [{ ...option, price: 999 }] },
      { options: [{ ...option, price, sessions: 0 }] },
      { options: [{ ...option, price, left: -1 }] },
      { options: [{ ...option, price, id: 'Not An Id' }] },
      { isOpen: 'yes' },
      { reason: '' },
    ];
    for (const change of wrong) expect((await set(change)).reason).toBe('INVALID_INPUT');
    expect((await set({ eventId: 'nowhere' })).reason).toBe('PAGE_NOT_FOUND');
    expect((await db().doc(`offers/${eventId}`).get()).exists).toBe(false);

    await operator.phone.call('setOffer', offer);
    const audited = await db().collection('auditLog').where('target', '==', `offers/${eventId}`).get();
    expect(audited.docs.map((entry) => entry.get('by'))).toEqual([operator.uid]);
    const wish = { eventId, optionId: 'five', price: five.price, requestId: randomUUID() };
    const bought = await who.phone.call<OrderOffered>('createPrepayOrder', wish);
    expect(await orderOf(bought.orderId)).toMatchObject({
      amount: five.price,
      sessions: 5,
      holdsStock: true,
    });
    const another = { ...wish, requestId: randomUUID() };
    expect((await refusal(who.phone, 'createPrepayOrder', another)).reason).toBe('SOLD_OUT');
    // The same press of the button cannot mean something else.
    const reused = { ...wish, optionId: 'one', price };
    expect((await refusal(who.phone, 'createPrepayOrder', reused)).reason).toBe('INVALID_INPUT');
    await operator.phone.call('setOffer', { ...offer, isOpen: false });
    const closed = { ...another, optionId: 'one', price };
    expect((await refusal(who.phone, 'createPrepayOrder', closed)).reason).toBe('EVENT_NOT_FOR_SALE');
  });

  it('is not charged once its event is withdrawn; one that has ended, or costs more now, is honoured', async () => {
    const [hidden, ended, dearer] = [await sale(), await sale(), await sale()];
    const change = ({ eventId }: Sale, fields: Record<string, unknown>) =>
      db().doc(`Events/${eventId}`).update(fields);
    const opened = await Promise.all(
      [hidden, ended, dearer].map(async (sold) => {
        const who = await member();
        return { who, payment: await agreed(await order(who, sold)) };
      }),
    );
    await change(hidden, { published: false, hiddenBecause: 'WITHDRAWN' });
    const today = koreanDayOf(Date.now());
    const over = { startsOn: daysAfter(today, -9), endsOn: daysAfter(today, -1), adReviewValidUntil: null };
    const vanishesAt = Timestamp.fromMillis(momentsOf(over).vanishesAt);
    await change(ended, { ...over, vanishesAt, published: false, hiddenBecause: 'ENDED' });
    const offer = db().doc(`offers/${dearer.eventId}`);
    const option = { id: 'three', name: '3회', price: dearer.price + 10_000, sessions: 3, limited: false };
    await offer.update({ options: [option] });
    const [first, second, third] = opened;
    if (!first || !second || !third) throw new Error('unreachable');
    const refused = await refusal(first.who.phone, 'confirmPrepay', first.payment);
    expect(refused).toMatchObject({
      reason: 'EVENT_NOT_FOR_SALE',
      message: expect.stringMatching(/구매할 수 없는/),
    });
    expect((await inToss(first.payment.paymentKey)).status).toBe('IN_PROGRESS');
    expect((await orderOf(first.payment.orderId)).state).toBe('OPEN');
    expect((await confirm(second.who, second.payment)).state).toBe('PAID');
    expect((await confirm(third.who, third.payment)).state).toBe('PAID');
    expect((await voucherOf(third.payment.orderId)).paid).toBe(dearer.price);
    const late = await Promise.all(
      [hidden, ended, dearer].map((sold) => refusal(first.who.phone, 'createPrepayOrder', wishFor(sold))),
    );
    expect(late.map(({ reason }) => reason)).toEqual([
      ...['EVENT_NOT_FOR_SALE', 'EVENT_ENDED', 'PRICE_CHANGED'],
    ]);
  });
});

describe('ordering', () => {
  it('refuses another price, a closed offer, an event that is withdrawn, and one that never was', async () => {
    const { phone } = await member();
    const sold = await sale();
    const wish = wishFor(sold);
    const dearer = await refusal(phone, 'createPrepayOrder', { ...wish, price: sold.price - 1_000 });
    expect(dearer).toMatchObject({ reason: 'PRICE_CHANGED', details: { price: sold.price } });
    await db()
      .doc(`offers/${sold.eventId}`)
      .update({ eventPrice: sold.price + 1 });
    expect((await refusal(phone, 'createPrepayOrder', wish)).reason).toBe('EVENT_NOT_FOR_SALE');
    await db().doc(`offers/${sold.eventId}`).update({ eventPrice: sold.price, isOpen: false });
    expect((await refusal(phone, 'createPrepayOrder', wish)).reason).toBe('EVENT_NOT_FOR_SALE');
    const nowhere = { ...wish, eventId: 'nowhere' };
    expect((await refusal(phone, 'createPrepayOrder', nowhere)).reason).toBe('EVENT_NOT_FOR_SALE');
  });

  it('sells the last one once, and again when its order has expired', async () => {
    const people = [await member(), await member(), await member()] as const;
    const sold = await sale({ left: 1 });
    const tried = await Promise.allSettled(people.map((who) => order(who, sold)));
    const won = tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(won).toHaveLength(1);
    const stock = async () => (await db().doc(`stocks/${sold.eventId}~three`).get()).get('left');
    expect(await stock()).toBe(0);
    const past = Timestamp.fromMillis(1);
    await db().doc(`orders/${won[0]?.orderId}`).update({ expiresAt: past, nextLookAt: past });
    await Promise.all([reconcileOrders(Date.now()), reconcileOrders(Date.now())]);
    expect(await stock()).toBe(1);
    expect((await orderOf(won[0]?.orderId ?? '')).state).toBe('EXPIRED');
  });

  it('lets nobody hold more than three', async () => {
    const who = await member();
    const sold = await sale();
    for (const _ of [1, 2]) await order(who, sold);
    const third = await order(who, sold);
    expect((await refusal(who.phone, 'createPrepayOrder', wishFor(sold))).reason).toBe('TOO_MANY_ORDERS');
    const given = await who.phone.call<OrderOutput>('cancelPrepayOrder', { orderId: third.orderId });
    expect(given.state).toBe('CANCELED');
    await order(who, sold);
  });
});

const bodiesOf = async (paymentKey: string) =>
  z.object({ bodies: z.array(z.looseObject({})) }).parse(await toss('bodies', { paymentKey })).bodies;
const sentShape = z.object({ deliveries: z.array(z.object({ status: z.number() })) });
/** Toss tells it, again when it is not answered with 200 in time. */
const told = (bodies: readonly unknown[], times = 1) =>
  eventually('it is answered', async () => {
    const { deliveries } = sentShape.parse(await toss('send', { url: webhookUrl(), bodies, times }));
    return deliveries.every(({ status }) => status === 200);
  });

describe('a virtual account', () => {
  const issue = async (who: Person, sold: Sale) => {
    const { orderId } = await order(who, sold);
    const issued = await who.phone.call<OrderOutput>('issuePrepayAccount', {
      orderId,
      bank: '20',
      payerName: '김민지',
    });
    expect(issued.state).toBe('WAITING_FOR_DEPOSIT');
    const { paymentKey, account } = await orderOf(orderId);
    expect(account?.accountNumber).toMatch(/^X/);
    return { orderId, paymentKey: paymentKey ?? '' };
  };

  it('makes a voucher when a deposit is told that knows its secret; a forged one does nothing', async () => {
    const who = await member();
    const sold = await sale();
    const { orderId, paymentKey } = await issue(who, sold);
    await toss('deposit', { orderId });
    const bodies = await bodiesOf(paymentKey);
    const deposit = bodies.filter(({ eventType }) => eventType === undefined);
    expect(deposit).toHaveLength(1);
    const forged = { ...deposit[0], secret: 'ps_forged' };
    await told([forged]);
    await eventually('the forgery is seen through', async () => {
      const hints = await db().collection('tossHints').where('orderId', '==', orderId).get();
      return hints.docs.some((hint) => hint.get('outcome') === 'FORGED');
    });
    expect((await orderOf(orderId)).state).toBe('WAITING_FOR_DEPOSIT');
    await told([...deposit, ...bodies], 2);
    await eventually('the voucher is there', () => hasVoucher(orderId));
    const news = await db().doc(`users/${who.uid}/notifications/paid-${orderId}-1`).get();
    expect(news.get('title')).toBe('입금이 확인되었습니다');
    expect(await booksOf(orderId)).toMatchObject({ toss: sold.price, vouchers: -sold.price });

    await toss('undeposit', { orderId });
    await told(await bodiesOf(paymentKey));
    await eventually('the voucher rests', async () => (await voucherOf(orderId)).state === 'suspended');
    expect(await booksOf(orderId)).toMatchObject({ toss: 0, vouchers: 0 });
    await toss('deposit', { orderId });
    await told(await bodiesOf(paymentKey));
    await eventually('the voucher is back', async () => (await voucherOf(orderId)).state === 'active');
    expect(await booksOf(orderId)).toMatchObject({ toss: sold.price, vouchers: -sold.price });
  });

  it('of another bank is issued where one bank gives none', async () => {
    const [who, sold] = [await member(), await sale()];
    const { orderId } = await order(who, sold);
    await toss('refuse', { code: 'NOT_AVAILABLE_BANK', path: '/v1/virtual-accounts', times: 1 });
    const wish = { orderId, bank: '20', payerName: '김민지' };
    const refused = await refusal(who.phone, 'issuePrepayAccount', wish);
    expect(refused).toMatchObject({
      reason: 'PAYMENT_REFUSED',
      details: { tossCode: 'NOT_AVAILABLE_BANK' },
    });
    const issued = await who.phone.call<OrderOutput>('issuePrepayAccount', { ...wish, bank: '88' });
    expect(issued.state).toBe('WAITING_FOR_DEPOSIT');
  });

  it('is taken away when nobody has paid by its day', async () => {
    const { orderId, paymentKey } = await issue(await member(), await sale());
    await toss('clock', { now: Date.now() + 25 * 3_600_000 });
    await db()
      .doc(`orders/${orderId}`)
      .update({ nextLookAt: Timestamp.fromMillis(0) });
    await reconcileOrders(Date.now() + 25 * 3_600_000);
    expect((await orderOf(orderId)).state).toBe('CANCELED');
    expect((await inToss(paymentKey)).status).toBe('CANCELED');
  });

  it('returns what comes too late, to the account its payer names, and forgets that account', async () => {
    const who = await member();
    const { orderId, paymentKey } = await issue(who, await sale());
    await db().doc(`orders/${orderId}`).update({ state: 'EXPIRED', nextLookAt: null });
    await toss('deposit', { orderId });
    await told(await bodiesOf(paymentKey));
    await eventually('it is to go back', async () => (await orderOf(orderId)).state === 'REVERSED');
    await carryOutReversals(Date.now());
    const asked = await db().doc(`users/${who.uid}/notifications/account-${orderId}`).get();
    expect(asked.get('title')).toBe('환불 계좌를 알려 주세요');
    const account = { orderId, bank: '20', accountNumber: '1002345678901', holderName: '김민지' };
    expect((await refusal((await member()).phone, 'setRefundAccount', account)).reason).toBe(
      'ORDER_NOT_FOUND',
    );
    await who.phone.call('setRefundAccount', account);
    const sealed = await db().doc(`refundAccounts/${orderId}`).get();
    expect(JSON.stringify(sealed.data())).not.toMatch(/1002345678901|김민지/);
    await tossFault({
      match: { path: `/v1/payments/${paymentKey}/cancel` },
      kind: 'reset',
      after: true,
      times: 1,
    });
    await carryOutReversals(Date.now() + 1_000);
    await carryOutReversals(Date.now() + 86_400_000);
    expect((await inToss(paymentKey)).balanceAmount).toBe(0);
    expect((await db().doc(`refundAccounts/${orderId}`).get()).exists).toBe(false);
    const [reversal] = (await db().collection('reversals').where('orderId', '==', orderId).get()).docs;
    expect(reversal?.data()).toMatchObject({ state: 'DONE', reason: 'CLOSED' });
    expect(await hasVoucher(orderId)).toBe(false);
  });
});

describe('a webhook', () => {
  const post = (body: string) =>
    fetch(webhookUrl(), { method: 'POST', headers: { 'content-type': 'application/json' }, body });

  it('only has Toss asked: what is forged changes nothing, what is true is found', async () => {
    const who = await member();
    const offered = await order(who, await sale());
    const payment = await agreed(offered);
    const lie = {
      eventType: 'PAYMENT_STATUS_CHANGED',
      createdAt: '2026-12-01T00:00:00.000000',
      data: { ...payment, status: 'DONE', totalAmount: payment.amount },
    };
    await told([lie, { ...lie, data: { ...lie.data, paymentKey: 'pk_invented' } }], 2);
    await eventually('both are looked into', async () => {
      const hints = await db().collection('tossHints').where('orderId', '==', offered.orderId).get();
      return hints.size === 2 && hints.docs.every((hint) => hint.get('state') !== 'RECEIVED');
    });
    expect((await orderOf(offered.orderId)).state).toBe('OPEN');
    await tossFault({ match: { path: '/v1/payments/confirm' }, kind: 'reset', after: true, times: 1 });
    await tossFault({ match: { method: 'GET' }, kind: 'reset', times: 2 });
    expect((await confirm(who, payment)).state).toBe('CONFIRMING');
    await told(await bodiesOf(payment.paymentKey));
    await eventually('it is paid', async () => (await orderOf(offered.orderId)).state === 'PAID');
  });

  it('that nobody can read keeps none waiting behind it', async () => {
    const hints = db().collection('tossHints');
    const [unreadable, readable] = [hints.doc('0-unreadable'), hints.doc('1-readable')];
    const past = Timestamp.fromMillis(0);
    await unreadable.set({ state: 'RECEIVED', receivedAt: past });
    const hint = { kind: 'payment', orderId: 'dp-nobody', paymentKey: 'pk_nobody', secret: null };
    const times = { receivedAt: past, purgeAt: Timestamp.fromMillis(Date.now() + 86_400_000) };
    await readable.set({ ...hint, ...times, state: 'RECEIVED', outcome: null });
    expect(await resumeTossHints(Date.now())).toBeGreaterThan(0);
    expect((await readable.get()).data()).toMatchObject({ state: 'IGNORED', outcome: 'UNKNOWN_ORDER' });
    await unreadable.delete();
  });

  it.each([
    ['no JSON of Toss', '{"hello":1}', 400],
    ['an event we do not follow', '{"eventType":"BILLING_DELETED","data":{}}', 200],
  ])('answers %s with its status', async (_what, body, status) => {
    expect((await post(body)).status).toBe(status);
    expect((await fetch(webhookUrl())).status).toBe(405);
  });
});

const secretOf = async ({ phone }: Person, voucherId: string) =>
  (await phone.call<{ secret: string }>('voucherCode', { voucherId })).secret;
const showing = (voucherId: string, secret: string, step = stepAt(Date.now())) =>
  writeCode({ voucherId, step, code: codeAt(secret, step) });
const use = ({ phone }: Person, hospitalId: string, code: string) =>
  phone.call<UseOutput>('useVoucher', { hospitalId, code });

describe('using a voucher', () => {
  /** Codes follow each other each half minute: as if the last one had been of long ago. */
  const later = (voucherId: string) => db().doc(`prepays/${voucherId}`).update({ codeStep: 1 });

  it('takes both sides, once for each code, at the hospital it is of', async () => {
    const [who, sold] = [await member(), await sale({ sessions: 2 })];
    const voucherId = await bought(who, sold);
    const [staff, colleague, stranger] = [
      await staffOf(sold.hospitalId),
      await staffOf(sold.hospitalId),
      await staffOf('h-elsewhere'),
    ];
    const secret = await secretOf(who, voucherId);
    expect((await refusal(stranger.phone, 'voucherCode', { voucherId })).reason).toBeDefined();
    const step = stepAt(Date.now());
    const code = showing(voucherId, secret, step);
    const elsewhere = { hospitalId: 'h-elsewhere', code };
    expect((await refusal(stranger.phone, 'useVoucher', elsewhere)).reason).toBe('VOUCHER_NOT_FOUND');
    const pretending = { hospitalId: sold.hospitalId, code };
    expect((await refusal(stranger.phone, 'useVoucher', pretending)).reason).toBe('NOT_ALLOWED');
    expect((await refusal(who.phone, 'useVoucher', pretending)).reason).toBe('NOT_ALLOWED');
    const guessed = {
      hospitalId: sold.hospitalId,
      code: `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`,
    };
    expect((await refusal(staff.phone, 'useVoucher', guessed)).details).toMatchObject({ why: 'WRONG' });

    const once = await use(staff, sold.hospitalId, code);
    expect(once).toMatchObject({ state: 'USED', sessionsLeft: 1 });
    expect(await use(staff, sold.hospitalId, code)).toEqual(once);
    expect((await refusal(colleague.phone, 'useVoucher', pretending)).details).toMatchObject({ why: 'USED' });
    const before = showing(voucherId, secret, step - 1);
    const older = { hospitalId: sold.hospitalId, code: before };
    expect((await refusal(staff.phone, 'useVoucher', older)).reason).toBe('VOUCHER_CODE_REFUSED');

    await later(voucherId);
    expect(await use(staff, sold.hospitalId, before)).toMatchObject({ state: 'USED', sessionsLeft: 0 });
    expect((await voucherOf(voucherId)).state).toBe('used');
    expect(await booksOf(voucherId)).toMatchObject({ vouchers: 0, hospital: -sold.price });
    const spent = { hospitalId: sold.hospitalId, code: showing(voucherId, secret, stepAt(Date.now()) + 1) };
    expect((await refusal(staff.phone, 'useVoucher', spent)).reason).toBe('VOUCHER_NOT_USABLE');
  });

  it('asks the member when the hospital had no network, and believes the member', async () => {
    const [who, sold] = [await member(), await sale()];
    const voucherId = await bought(who, sold);
    const staff = await staffOf(sold.hospitalId);
    const secret = await secretOf(who, voucherId);
    const hourAgo = stepAt(Date.now() - 3_600_000);
    const claimed = await use(staff, sold.hospitalId, showing(voucherId, secret, hourAgo));
    expect(claimed).toMatchObject({ state: 'CLAIMED', sessionsLeft: 3 });
    const news = await db().doc(`users/${who.uid}/notifications/use-${voucherId}-${hourAgo}`).get();
    expect(news.exists).toBe(true);
    const answer = { voucherId, step: hourAgo, agreed: true };
    expect((await refusal((await member()).phone, 'answerVoucherUse', answer)).reason).toBe(
      'VOUCHER_NOT_FOUND',
    );
    for (const _ of [1, 2])
      expect(await who.phone.call('answerVoucherUse', answer)).toEqual({ state: 'USED' });
    expect((await voucherOf(voucherId)).sessionsUsed).toBe(1);

    await use(staff, sold.hospitalId, showing(voucherId, secret, hourAgo - 1));
    const denied = { voucherId, step: hourAgo - 1, agreed: false };
    expect(await who.phone.call('answerVoucherUse', denied)).toEqual({ state: 'DENIED' });
    expect((await voucherOf(voucherId)).sessionsUsed).toBe(1);
    const old = {
      hospitalId: sold.hospitalId,
      code: showing(voucherId, secret, stepAt(Date.now() - 73 * 3_600_000)),
    };
    expect((await refusal(staff.phone, 'useVoucher', old)).details).toMatchObject({ why: 'OLD' });
    expect(stepMs).toBe(30_000);
  });

  it('is not possible after the money went back', async () => {
    const [who, sold] = [await member(), await sale()];
    const voucherId = await bought(who, sold);
    const staff = await staffOf(sold.hospitalId);
    const code = showing(voucherId, await secretOf(who, voucherId));
    const { paymentKey } = await orderOf(voucherId);
    await toss('cancel', { paymentKey });
    await told(await bodiesOf(paymentKey ?? ''));
    await eventually('the voucher rests', async () => (await voucherOf(voucherId)).state === 'suspended');
    const tried = { hospitalId: sold.hospitalId, code };
    expect((await refusal(staff.phone, 'useVoucher', tried)).reason).toBe('VOUCHER_NOT_USABLE');
    expect((await db().doc(`paymentAlerts/${voucherId}~CANCELED_ELSEWHERE`).get()).exists).toBe(true);
  });

  it('passes to whoever takes it as a gift, with codes of its own', async () => {
    const [giver, taker, sold] = [await member(), await member(), await sale()];
    const voucherId = await bought(giver, sold);
    const staff = await staffOf(sold.hospitalId);
    const old = await secretOf(giver, voucherId);
    const { giftCode } = await giver.phone.call<{ giftCode: string }>('giveVoucher', { voucherId });
    const meanwhile = { hospitalId: sold.hospitalId, code: showing(voucherId, old) };
    expect((await refusal(staff.phone, 'useVoucher', meanwhile)).reason).toBe('VOUCHER_NOT_USABLE');
    expect((await refusal(giver.phone, 'takeGift', { giftCode })).reason).toBe('GIFT_NOT_FOUND');
    const both = await Promise.allSettled(
      [taker, await member()].map(({ phone }) => phone.call('takeGift', { giftCode })),
    );
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { ownerUid, isGift } = await voucherOf(voucherId);
    expect([isGift, ownerUid === giver.uid]).toEqual([true, false]);
    expect((await refusal(giver.phone, 'voucherCode', { voucherId })).reason).toBe('VOUCHER_NOT_FOUND');
    expect((await refusal(staff.phone, 'useVoucher', meanwhile)).details).toMatchObject({ why: 'WRONG' });
  });
});

describe('a gift', () => {
  const give = ({ phone }: Person, voucherId: string) =>
    phone.call<{ giftCode: string }>('giveVoucher', { voucherId });
  const take = ({ phone }: Person, giftCode: string) => phone.call('takeGift', { giftCode });
  const refusedGift = async ({ phone }: Person, giftCode: string) =>
    (await refusal(phone, 'takeGift', { giftCode })).reason;

  it('is taken back with keepVoucher by whoever offers it, and voided by offering again', async () => {
    const [giver, taker, sold] = [await member(), await member(), await sale()];
    const voucherId = await bought(giver, sold);
    const first = await give(giver, voucherId);
    expect((await refusal(taker.phone, 'keepVoucher', { voucherId })).reason).toBe('VOUCHER_NOT_FOUND');
    expect((await refusal(taker.phone, 'giveVoucher', { voucherId })).reason).toBe('VOUCHER_NOT_FOUND');
    for (const _ of [1, 2]) await giver.phone.call('keepVoucher', { voucherId });
    expect(await refusedGift(taker, first.giftCode)).toBe('GIFT_NOT_FOUND');
    const staff = await staffOf(sold.hospitalId);
    const code = showing(voucherId, await secretOf(giver, voucherId));
    const second = await give(giver, voucherId);
    const third = await give(giver, voucherId);
    expect(await refusedGift(taker, second.giftCode)).toBe('GIFT_NOT_FOUND');
    await giver.phone.call('keepVoucher', { voucherId });
    expect(await use(staff, sold.hospitalId, code)).toMatchObject({ state: 'USED' });
    expect(await refusedGift(taker, third.giftCode)).toBe('GIFT_NOT_FOUND');
    const given = await refusal(giver.phone, 'giveVoucher', { voucherId });
    expect(given).toMatchObject({ reason: 'VOUCHER_NOT_USABLE', details: { state: 'active' } });
  });

  it('is taken once: its taker is told so again, nobody has it after a refund, and nobody guesses it', async () => {
    const [giver, taker, other, sold] = [await member(), await member(), await member(), await sale()];
    const voucherId = await bought(giver, sold);
    const { giftCode } = await give(giver, voucherId);
    const whileOffered = { voucherId, sessions: null, sessionsReturned: 0, refund: sold.price };
    expect((await refusal(giver.phone, 'requestRefund', whileOffered)).reason).toBe('REFUND_REFUSED');
    for (const _ of [1, 2]) expect(await take(taker, giftCode)).toEqual({ voucherId });
    expect(await refusedGift(other, giftCode)).toBe('GIFT_NOT_FOUND');
    expect(await refusedGift(giver, giftCode)).toBe('GIFT_NOT_FOUND');
    expect((await refusal(giver.phone, 'requestRefund', whileOffered)).reason).toBe('VOUCHER_NOT_FOUND');

    const passedOn = await give(taker, voucherId);
    await taker.phone.call('keepVoucher', { voucherId });
    await taker.phone.call('requestRefund', whileOffered);
    expect(await refusedGift(other, passedOn.giftCode)).toBe('GIFT_NOT_FOUND');
    expect((await refusal(taker.phone, 'giveVoucher', { voucherId })).reason).toBe('VOUCHER_NOT_USABLE');

    expect(await refusedGift(other, 'short')).toBe('INVALID_INPUT');
    const reasons: unknown[] = [];
    while (reasons.length < 80 && reasons.at(-1) !== 'TOO_MANY_REQUESTS')
      reasons.push(await refusedGift(other, randomBytes(32).toString('base64url')));
    expect(reasons.at(-1)).toBe('TOO_MANY_REQUESTS');
    expect(new Set(reasons.slice(0, -1))).toEqual(new Set(['GIFT_NOT_FOUND']));
  });
});

describe('a use told late', () => {
  const minutesAgo = (minutes: number) => stepAt(Date.now() - minutes * 60_000);
  const answer = ({ phone }: Person, voucherId: string, step: number, agreed: boolean) =>
    phone.call('answerVoucherUse', { voucherId, step, agreed });
  async function claimed(sessions: number) {
    const [who, sold] = [await member(), await sale({ sessions })];
    const voucherId = await bought(who, sold);
    const [staff, secret, step] = [
      await staffOf(sold.hospitalId),
      await secretOf(who, voucherId),
      minutesAgo(60),
    ];
    const shown = (at: number) => showing(voucherId, secret, at);
    expect(await use(staff, sold.hospitalId, shown(step))).toMatchObject({ state: 'CLAIMED' });
    return { who, sold, voucherId, staff, step, shown };
  }

  it('keeps its session until the member answers, also beyond the end of the voucher', async () => {
    const { who, sold, voucherId, staff, step, shown } = await claimed(2);
    const shares = [Math.floor(sold.price / 2), sold.price - Math.floor(sold.price / 2)];
    const reason = async (name: string, input: unknown) => (await refusal(who.phone, name, input)).reason;
    expect(await reason('giveVoucher', { voucherId })).toBe('USE_UNANSWERED');
    const all = { voucherId, sessions: null, sessionsReturned: 0, refund: sold.price };
    expect(await reason('requestRefund', all)).toBe('USE_UNANSWERED');
    const { refund } = await who.phone.call<{ refund: number }>('quoteRefund', { voucherId, sessions: 1 });
    expect(shares).toContain(refund);
    await who.phone.call('requestRefund', { voucherId, sessions: 1, sessionsReturned: 0, refund });
    const another = { hospitalId: sold.hospitalId, code: shown(stepAt(Date.now())) };
    expect((await refusal(staff.phone, 'useVoucher', another)).reason).toBe('USE_UNANSWERED');
    const secondClaim = { ...another, code: shown(minutesAgo(50)) };
    expect((await refusal(staff.phone, 'useVoucher', secondClaim)).reason).toBe('USE_UNANSWERED');

    const [ended, day] = [Timestamp.fromMillis(Date.now() - 60_000), koreanDayOf(step * stepMs)];
    await db().doc(`prepays/${voucherId}`).update({ expiresAt: ended, nextNoticeAt: ended });
    await tellVoucherEnds(Date.now());
    expect((await voucherOf(voucherId)).state).toBe('expired');
    const visit = db().doc(`visits/${who.uid}_${sold.hospitalId}_${day}`);
    expect((await visit.get()).exists).toBe(false);
    for (const _ of [1, 2]) expect(await answer(who, voucherId, step, true)).toEqual({ state: 'USED' });
    expect((await visit.get()).exists).toBe(true);
    expect(await voucherOf(voucherId)).toMatchObject({ state: 'used', sessionsUsed: 1, sessionsReturned: 1 });
    expect(await booksOf(voucherId)).toMatchObject({ vouchers: 0, hospital: refund - sold.price });
  });

  it('keeps a gift from being taken, and keeps nothing any more when it was not answered', async () => {
    const [{ who, sold, voucherId, staff, step, shown }, taker] = [await claimed(3), await member()];
    const session = db().doc(`prepays/${voucherId}/sessions/${step}`);
    await session.update({ shownAt: Timestamp.fromMillis(Date.now() - answerMs - 1) });
    const { giftCode } = await who.phone.call<{ giftCode: string }>('giveVoucher', { voucherId });
    const gift = async () => (await refusal(taker.phone, 'takeGift', { giftCode })).reason;
    // Shown before it was offered, told after that.
    const before = minutesAgo(30);
    expect(await use(staff, sold.hospitalId, shown(before))).toMatchObject({ state: 'CLAIMED' });
    expect(await gift()).toBe('GIFT_NOT_FOUND');
    expect(await answer(who, voucherId, before, false)).toEqual({ state: 'DENIED' });
    // A late yes still counts as long as nothing else has become of the voucher.
    expect(await answer(who, voucherId, step, true)).toEqual({ state: 'USED' });
    expect(await gift()).toBe('GIFT_NOT_FOUND');
    expect(await voucherOf(voucherId)).toMatchObject({ ownerUid: who.uid, giftUntil: null, sessionsUsed: 1 });
  });
});

describe('a member who leaves', () => {
  const isGone = (uid: string) =>
    eventually('the withdrawal is done', async () => !(await db().doc(`users/${uid}`).get()).exists, 60_000);
  const leave = ({ phone }: Person, input: Record<string, unknown>) => phone.call('withdrawAccount', input);

  it('is asked about vouchers first, and gets back what was not used', async () => {
    const [who, giver, sold] = [await member(), await member(), await sale({ sessions: 2 })];
    const [voucherId, present] = [await bought(who, sold), await bought(giver, sold)];
    const { giftCode } = await giver.phone.call<{ giftCode: string }>('giveVoucher', { voucherId: present });
    await who.phone.call('takeGift', { giftCode });
    const staff = await staffOf(sold.hospitalId);
    await use(staff, sold.hospitalId, showing(voucherId, await secretOf(who, voucherId)));
    const { refund } = await who.phone.call<{ refund: number }>('quoteRefund', { voucherId, sessions: null });
    const asked = await refusal(who.phone, 'withdrawAccount', { reason: '안 써요' });
    expect(asked).toMatchObject({ reason: 'VOUCHERS_LEFT', details: { vouchers: 2, refund, gifts: 1 } });
    expect(asked.message).toMatch(/환불/);
    expect((await db().doc(`users/${who.uid}`).get()).exists).toBe(true);
    await leave(who, { refundVouchers: true });
    await isGone(who.uid);
    await eventually(
      'the vouchers are gone',
      async () => !(await hasVoucher(present)) && !(await hasVoucher(voucherId)),
    );
    await carryOutRefunds(Date.now());
    const [own, other] = await Promise.all(
      [voucherId, present].map((id) => db().doc(`refunds/${id}~0`).get()),
    );
    expect([own?.data(), other?.data()]).toMatchObject([
      { state: 'DONE', refund },
      { state: 'DONE', refund: sold.price },
    ]);
    for (const id of [voucherId, present])
      expect(await booksOf(id)).toMatchObject({ vouchers: 0, refunds: 0 });
    expect(await booksOf(voucherId)).toMatchObject({ hospital: refund - sold.price });
    expect(await orderOf(present)).toMatchObject({ ownerUid: giver.uid, refunded: sold.price });
  });

  it('at an operator’s hand gets it back, too; what they gave away stays refundable for its holder', async () => {
    const [who, holder, sold] = [await member(), await member(), await sale()];
    const [present, offered] = [await bought(who, sold), await bought(who, sold)];
    // Nobody has taken it, and a use told since was not answered: it goes back all the same, and operators hear of it.
    const shown = showing(offered, await secretOf(who, offered), stepAt(Date.now() - 3_600_000));
    await who.phone.call('giveVoucher', { voucherId: offered });
    await use(await staffOf(sold.hospitalId), sold.hospitalId, shown);
    const { giftCode } = await who.phone.call<{ giftCode: string }>('giveVoucher', { voucherId: present });
    await holder.phone.call('takeGift', { giftCode });
    const { orderId } = await order(who, sold);
    await who.phone.call('issuePrepayAccount', { orderId, bank: '20', payerName: '김민지' });
    const { paymentKey } = await orderOf(orderId);
    await toss('deposit', { orderId });
    await told(await bodiesOf(paymentKey ?? ''));
    await eventually('the voucher is there', () => hasVoucher(orderId));
    const ready = await refusal(who.phone, 'withdrawAccount', { refundVouchers: true });
    expect(ready).toMatchObject({ reason: 'REFUND_ACCOUNT_NEEDED', details: { orderId } });
    const account = { orderId, bank: '20', accountNumber: '1002345678901', holderName: '김민지' };
    const operator = await withRole({ role: 'operator' });
    const one = { voucherId: orderId, sessions: 1, sessionsReturned: 0 };
    const found = { ...one, because: 'misdescribed', knownOn: null, reason: '확인' };
    await operator.phone.call('decideRefund', found);
    const part = () => db().doc(`refunds/${orderId}~0`).get();
    expect((await part()).data()).toMatchObject({ state: 'DUE', failure: 'REFUND_ACCOUNT_NEEDED' });
    await who.phone.call('setRefundAccount', account);
    // What waited for the account is tried at once.
    expect((await part()).get('nextTryAt').toMillis()).toBeLessThanOrEqual(Date.now());
    await operator.phone.call('withdrawUser', { uid: who.uid, reason: '본인 요청(고객센터)' });
    await isGone(who.uid);
    await eventually('the voucher is gone', async () => !(await hasVoucher(orderId)));
    const sealed = await db().doc(`refundAccounts/${orderId}`).get();
    expect([sealed.exists, sealed.get('ownerUid') === who.uid]).toEqual([true, false]);
    await carryOutRefunds(Date.now());
    expect((await inToss(paymentKey ?? '')).balanceAmount).toBe(0);
    expect((await db().doc(`refundAccounts/${orderId}`).get()).exists).toBe(false);
    expect((await db().doc(`paymentAlerts/${offered}~LEFT_UNANSWERED`).get()).exists).toBe(true);
    for (const id of [orderId, offered])
      expect(await booksOf(id)).toMatchObject({ vouchers: 0, refunds: 0, toss: 0 });

    expect(await orderOf(present)).toMatchObject({ ownerLeft: true, state: 'PAID' });
    const wish = { voucherId: present, sessions: null, sessionsReturned: 0, refund: sold.price };
    expect(await holder.phone.call('requestRefund', wish)).toMatchObject({ state: 'DONE' });
    expect(await booksOf(present)).toMatchObject({ vouchers: 0, refunds: 0, toss: 0 });
  });
});

it('tells of the end of a voucher a month before, and ends it on its day, each once', async () => {
  const who = await member();
  const voucherId = await bought(who, await sale());
  const { nextNoticeAt, expiresAt } = await voucherOf(voucherId);
  const month = nextNoticeAt?.toMillis() ?? 0;
  const unreadable = db().doc('prepays/unreadable');
  await unreadable.set({ nextNoticeAt: Timestamp.fromMillis(0), state: 'active' });
  await Promise.all([tellVoucherEnds(month), tellVoucherEnds(month)]);
  expect((await unreadable.get()).get('nextNoticeAt').toMillis()).toBeGreaterThan(Date.now());
  await unreadable.delete();
  const news = () => db().collection(`users/${who.uid}/notifications`).where('kind', '==', 'prepay').get();
  expect((await news()).docs.map((one) => one.get('title'))).toEqual(['시술권 사용 기간이 30일 남았습니다']);
  await tellVoucherEnds(expiresAt.toMillis());
  expect(await voucherOf(voucherId)).toMatchObject({ state: 'expired', nextNoticeAt: null });
});
