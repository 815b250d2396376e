/** Where ordering, paying and using vouchers meet their callers. */
import type { CallableRequest } from 'firebase-functions/v2/https';
import { requireMember, requireOperator, requireStaffOf } from '../access/guard.ts';
import { limitEverywhere } from '../access/limits.ts';
import { answerCall } from '../platform/call.ts';
import * as gifts from './gifts.ts';
import * as offers from './offers.ts';
import { createOrder } from './ordering.ts';
import { abandonOrder, confirmOrder, issueAccount } from './paying.ts';
import * as accounts from './refundAccounts.ts';
import {
  answerUseInput,
  cancelOrderInput,
  confirmPrepayInput,
  createPrepayOrderInput,
  giveVoucherInput,
  issueAccountInput,
  type OrderOffered,
  type OrderOutput,
  type Session,
  setOfferInput,
  setRefundAccountInput,
  takeGiftInput,
  type UseOutput,
  useVoucherInput,
  voucherCodeInput,
} from './schema.ts';
import * as using from './using.ts';

type Call = CallableRequest<unknown>;

/** Callable (operators): what of an event may be bought in the app. */
export function setOffer(request: Call): Promise<{ eventId: string }> {
  return answerCall('setOffer', setOfferInput, request, async ({ reason, ...wish }) => {
    const { uid } = await requireOperator(request);
    await offers.setOffer(wish, { uid, note: reason });
    return { eventId: wish.eventId };
  });
}

/** Callable: orders an option of an event; the payment window is opened with what this answers. */
export function createPrepayOrder(request: Call): Promise<OrderOffered> {
  return answerCall('createPrepayOrder', createPrepayOrderInput, request, async (wish) => {
    const { uid } = await requireMember(request);
    await limitEverywhere('orderByPerson', uid);
    return createOrder(uid, wish);
  });
}

/** Callable: charges what the buyer has agreed to in the payment window. Answers within 30 s. */
export function confirmPrepay(request: Call): Promise<OrderOutput> {
  return answerCall('confirmPrepay', confirmPrepayInput, request, async (payment) => {
    const { uid } = await requireMember(request);
    return confirmOrder(uid, payment);
  });
}

/** Callable: an account to pay the order into instead. */
export function issuePrepayAccount(request: Call): Promise<OrderOutput> {
  return answerCall('issuePrepayAccount', issueAccountInput, request, async (wish) => {
    const { uid } = await requireMember(request);
    return issueAccount(uid, wish);
  });
}

/** Callable: the member does not want what has not been paid. */
export function cancelPrepayOrder(request: Call): Promise<OrderOutput> {
  return answerCall('cancelPrepayOrder', cancelOrderInput, request, async ({ orderId }) => {
    const { uid } = await requireMember(request);
    return abandonOrder(uid, orderId);
  });
}

/** Callable: where money paid into a virtual account is to be returned to. */
export function setRefundAccount(request: Call): Promise<{ orderId: string }> {
  return answerCall('setRefundAccount', setRefundAccountInput, request, async ({ orderId, ...account }) => {
    const { uid } = await requireMember(request);
    await accounts.setRefundAccount(uid, orderId, account);
    return { orderId };
  });
}

/** Callable: the key with which the app shows codes, also without a network. */
export function voucherCode(request: Call): Promise<{ secret: string; now: number }> {
  return answerCall('voucherCode', voucherCodeInput, request, async ({ voucherId }) => {
    const { uid } = await requireMember(request);
    return { secret: await using.codeSecretFor(uid, voucherId), now: Date.now() };
  });
}

/** Callable (staff of the hospital): a session was used, by the code the member has shown. */
export function useVoucher(request: Call): Promise<UseOutput> {
  return answerCall('useVoucher', useVoucherInput, request, async ({ hospitalId, code }) => {
    const { uid } = await requireStaffOf(request, hospitalId);
    return using.useVoucher(code, { uid, hospitalId });
  });
}

/** Callable: whether a session took place that the hospital told of late. */
export function answerVoucherUse(request: Call): Promise<{ state: Session['state'] }> {
  return answerCall('answerVoucherUse', answerUseInput, request, async (answer) => {
    const { uid } = await requireMember(request);
    return { state: await using.answerUse(uid, answer) };
  });
}

/** Callable: offers an unused voucher to whoever is given the code. */
export function giveVoucher(request: Call): Promise<{ giftCode: string; until: string }> {
  return answerCall('giveVoucher', giveVoucherInput, request, async ({ voucherId }) => {
    const { uid } = await requireMember(request);
    const { giftCode, until } = await gifts.giveVoucher(uid, voucherId);
    return { giftCode, until: new Date(until).toISOString() };
  });
}

/** Callable: takes the offer back. */
export function keepVoucher(request: Call): Promise<{ voucherId: string }> {
  return answerCall('keepVoucher', giveVoucherInput, request, async ({ voucherId }) => {
    const { uid } = await requireMember(request);
    await gifts.keepVoucher(uid, voucherId);
    return { voucherId };
  });
}

/** Callable: takes a voucher that was offered. */
export function takeGift(request: Call): Promise<{ voucherId: string }> {
  return answerCall('takeGift', takeGiftInput, request, async ({ giftCode }) => {
    const { uid } = await requireMember(request);
    return { voucherId: await gifts.takeGift(uid, giftCode) };
  });
}
