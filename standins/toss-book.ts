/**
 * What Toss knows of payments, virtual accounts and billing keys, without HTTP: the state behind the stand-in, and the
 * Toss of tests that run in memory. Documented states, windows and refusals (contracts sheet §2); KRW only.
 */
import type { StandinClock } from './control.ts';
import { TossRefusal } from './toss-codes.ts';

export const tossStatuses = [
  'READY',
  'IN_PROGRESS',
  'WAITING_FOR_DEPOSIT',
  'DONE',
  'CANCELED',
  'PARTIAL_CANCELED',
  'ABORTED',
  'EXPIRED',
] as const;
export type TossStatus = (typeof tossStatuses)[number];

interface Cancel {
  readonly cancelAmount: number;
  readonly cancelReason: string;
  readonly refundableAmount: number;
  readonly canceledAt: number;
  readonly transactionKey: string;
}

interface Held {
  readonly paymentKey: string;
  readonly orderId: string;
  readonly orderName: string;
  readonly type: 'NORMAL' | 'BILLING';
  readonly method: '카드' | '가상계좌';
  readonly customerKey: string | null;
  totalAmount: number;
  balanceAmount: number;
  status: TossStatus;
  readonly requestedAt: number;
  authenticatedAt: number | null;
  approvedAt: number | null;
  lastTransactionKey: string | null;
  readonly secret: string;
  readonly cancels: Cancel[];
  failure: { code: string; message: string } | null;
  readonly bank: string;
  readonly accountNumber: string;
  readonly customerName: string;
  readonly dueAt: number;
  refundAccount: Record<string, unknown> | null;
}

export interface Transaction {
  readonly transactionKey: string;
  readonly paymentKey: string;
  readonly orderId: string;
  readonly amount: number;
  readonly at: number;
  readonly status: TossStatus;
}

export type TossPayment = Readonly<Record<string, unknown>> & {
  readonly paymentKey: string;
  readonly orderId: string;
  readonly status: TossStatus;
  readonly totalAmount: number;
  readonly balanceAmount: number;
};

const windowMs = 30 * 60_000;
const sessionMs = 10 * 60_000;
const hourMs = 3_600_000;
const leastCard = 100;
const leastTransfer = 200;

/** ISO 8601 as Toss writes it: Korean time with its offset. */
export const koreanTime = (ms: number): string =>
  `${new Date(ms + 9 * hourMs).toISOString().slice(0, 19)}+09:00`;

const vatOf = (total: number) => Math.round(total / 11);

/** What has become visible of a payment; whoever listens sends webhooks of it. */
export interface TossChange {
  readonly payment: TossPayment;
  readonly transactionKey: string | null;
  readonly secret: string;
  readonly isVirtualAccount: boolean;
  readonly isBilling: boolean;
}

export class TossBook {
  readonly #clock: StandinClock;
  readonly #payments = new Map<string, Held>();
  readonly #billing = new Map<string, string>();
  readonly #usedAuthKeys = new Set<string>();
  #transactions: Transaction[] = [];
  #serial = 0;
  /** Called after every change Toss tells of by webhook. */
  onChange: (change: TossChange) => void = () => undefined;

  constructor(clock: StandinClock) {
    this.#clock = clock;
  }

  reset(): void {
    this.#payments.clear();
    this.#billing.clear();
    this.#usedAuthKeys.clear();
    this.#transactions = [];
    this.#serial = 0;
  }

  #next(prefix: string): string {
    this.#serial += 1;
    return `${prefix}_${this.#clock.now().toString(36)}_${String(this.#serial).padStart(6, '0')}`;
  }

  #make(about: Pick<Held, 'orderId' | 'totalAmount' | 'method' | 'type' | 'status'> & Partial<Held>): Held {
    const held: Held = {
      paymentKey: this.#next('pk'),
      orderName: '시술권',
      customerKey: null,
      balanceAmount: about.totalAmount,
      requestedAt: this.#clock.now(),
      authenticatedAt: null,
      approvedAt: null,
      lastTransactionKey: null,
      secret: this.#next('ps'),
      cancels: [],
      failure: null,
      bank: '20',
      accountNumber: `X${String(this.#serial).padStart(13, '6505200000000')}`.slice(-14),
      customerName: '',
      dueAt: this.#clock.now() + 168 * hourMs,
      refundAccount: null,
      ...about,
    };
    this.#payments.set(held.paymentKey, held);
    return held;
  }

  /** The windows of time that close by themselves. */
  #settle(held: Held): Held {
    const now = this.#clock.now();
    const opened = held.status === 'READY' && now >= held.requestedAt + windowMs;
    const authenticated = held.status === 'IN_PROGRESS' && now >= (held.authenticatedAt ?? 0) + sessionMs;
    if (opened || authenticated) {
      held.status = 'EXPIRED';
      this.#tell(held);
    }
    return held;
  }

  #tell(held: Held): void {
    this.onChange({
      payment: this.#view(held),
      transactionKey: held.lastTransactionKey,
      secret: held.secret,
      isVirtualAccount: held.method === '가상계좌',
      isBilling: held.type === 'BILLING',
    });
  }

  #record(held: Held, amount: number): void {
    const transactionKey = this.#next('txn');
    held.lastTransactionKey = transactionKey;
    const { paymentKey, orderId, status } = held;
    this.#transactions.push({ transactionKey, paymentKey, orderId, amount, at: this.#clock.now(), status });
  }

  #view(held: Held): TossPayment {
    const vat = vatOf(held.totalAmount);
    const isVirtual = held.method === '가상계좌';
    return {
      version: '2022-11-16',
      paymentKey: held.paymentKey,
      type: held.type,
      orderId: held.orderId,
      orderName: held.orderName,
      mId: 'tvivarepublica',
      currency: 'KRW',
      method: held.status === 'READY' ? null : held.method,
      totalAmount: held.totalAmount,
      balanceAmount: held.balanceAmount,
      suppliedAmount: held.totalAmount - vat,
      vat,
      taxFreeAmount: 0,
      taxExemptionAmount: 0,
      status: held.status,
      requestedAt: koreanTime(held.requestedAt),
      approvedAt: held.approvedAt === null ? null : koreanTime(held.approvedAt),
      useEscrow: false,
      cultureExpense: false,
      lastTransactionKey: held.lastTransactionKey,
      isPartialCancelable: true,
      secret: held.secret,
      country: 'KR',
      metadata: null,
      receipt: null,
      checkout: null,
      failure: held.failure,
      discount: null,
      cancels: held.cancels.length === 0 ? null : held.cancels.map(cancelView),
      card: isVirtual || held.approvedAt === null ? null : cardView(held.totalAmount),
      virtualAccount: isVirtual ? this.#accountView(held) : null,
      transfer: null,
      mobilePhone: null,
      giftCertificate: null,
      easyPay: null,
      cashReceipt: null,
      cashReceipts: null,
    };
  }

  #accountView(held: Held): Record<string, unknown> {
    return {
      accountType: '일반',
      accountNumber: held.accountNumber,
      bankCode: held.bank,
      customerName: held.customerName,
      dueDate: koreanTime(held.dueAt),
      refundStatus: held.cancels.length === 0 ? 'NONE' : 'COMPLETED',
      // Past its due date it stays WAITING_FOR_DEPOSIT, and no webhook tells of it.
      expired: held.status === 'WAITING_FOR_DEPOSIT' && this.#clock.now() >= held.dueAt,
      settlementStatus: 'INCOMPLETED',
      refundReceiveAccount: held.refundAccount,
    };
  }

  #ofKey(paymentKey: string): Held {
    const held = this.#payments.get(paymentKey);
    if (!held) throw new TossRefusal('NOT_FOUND_PAYMENT');
    return this.#settle(held);
  }

  /** The newest payment of an order. */
  #ofOrder(orderId: string): Held {
    const held = [...this.#payments.values()].findLast((one) => one.orderId === orderId);
    if (!held) throw new TossRefusal('NOT_FOUND_PAYMENT');
    return this.#settle(held);
  }

  /** The buyer opens the payment window. */
  open(orderId: string, amount: number, method: Held['method'] = '카드'): TossPayment {
    return this.#view(this.#make({ orderId, totalAmount: amount, method, type: 'NORMAL', status: 'READY' }));
  }

  /** The buyer proves who they are: from now on the payment waits ten minutes for its confirmation. */
  authenticate(paymentKey: string): TossPayment {
    const held = this.#ofKey(paymentKey);
    if (held.status === 'READY') {
      held.status = 'IN_PROGRESS';
      held.authenticatedAt = this.#clock.now();
    }
    return this.#view(held);
  }

  confirm(paymentKey: string, orderId: string, amount: number): TossPayment {
    const known = this.#payments.get(paymentKey);
    if (!known) throw new TossRefusal('NOT_FOUND_PAYMENT');
    const held = this.#settle(known);
    if (held.status === 'READY' || held.status === 'EXPIRED')
      throw new TossRefusal('NOT_FOUND_PAYMENT_SESSION');
    if (held.orderId !== orderId || held.totalAmount !== amount) throw new TossRefusal('INVALID_REQUEST');
    if (held.status !== 'IN_PROGRESS') throw new TossRefusal('ALREADY_PROCESSED_PAYMENT');
    if (amount < (held.method === '카드' ? leastCard : leastTransfer))
      throw new TossRefusal('BELOW_MINIMUM_AMOUNT');
    if (held.method === '가상계좌') {
      held.status = 'WAITING_FOR_DEPOSIT';
      this.#tell(held);
      return this.#view(held);
    }
    this.#approve(held);
    return this.#view(held);
  }

  #approve(held: Held): void {
    held.status = 'DONE';
    held.approvedAt = this.#clock.now();
    this.#record(held, held.totalAmount);
    this.#tell(held);
  }

  /** The card company refuses after the buyer has authenticated. */
  abort(paymentKey: string, code = 'REJECT_CARD_COMPANY'): TossPayment {
    const held = this.#ofKey(paymentKey);
    if (held.status === 'IN_PROGRESS' || held.status === 'READY') {
      held.status = 'ABORTED';
      held.failure = { code, message: `시험용 응답: ${code}` };
      this.#tell(held);
    }
    return this.#view(held);
  }

  lookup(paymentKey: string): TossPayment {
    return this.#view(this.#ofKey(paymentKey));
  }

  lookupOrder(orderId: string): TossPayment {
    return this.#view(this.#ofOrder(orderId));
  }

  cancel(paymentKey: string, wish: CancelWish): TossPayment {
    const held = this.#ofKey(paymentKey);
    if (held.status === 'CANCELED') throw new TossRefusal('ALREADY_CANCELED_PAYMENT');
    const waits = held.status === 'WAITING_FOR_DEPOSIT';
    if (!waits && held.status !== 'DONE' && held.status !== 'PARTIAL_CANCELED')
      throw new TossRefusal('NOT_CANCELABLE_PAYMENT');
    const amount = wish.cancelAmount ?? held.balanceAmount;
    this.#checkCancel(held, wish, amount);
    held.balanceAmount -= amount;
    held.status = held.balanceAmount === 0 ? 'CANCELED' : 'PARTIAL_CANCELED';
    held.refundAccount = wish.refundReceiveAccount ?? null;
    this.#record(held, waits ? 0 : -amount);
    held.cancels.push({
      cancelAmount: amount,
      cancelReason: wish.cancelReason,
      refundableAmount: held.balanceAmount,
      canceledAt: this.#clock.now(),
      transactionKey: held.lastTransactionKey ?? '',
    });
    this.#tell(held);
    return this.#view(held);
  }

  #checkCancel(held: Held, wish: CancelWish, amount: number): void {
    const waits = held.status === 'WAITING_FOR_DEPOSIT';
    if (waits && amount !== held.totalAmount)
      throw new TossRefusal('NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT');
    if (wish.refundableAmount !== undefined && wish.refundableAmount !== held.balanceAmount)
      throw new TossRefusal('NOT_MATCHES_REFUNDABLE_AMOUNT');
    if (amount <= 0 || amount > held.balanceAmount) throw new TossRefusal('NOT_CANCELABLE_AMOUNT');
    const isPaidByTransfer = held.method === '가상계좌' && !waits;
    if (isPaidByTransfer && !wish.refundReceiveAccount) throw new TossRefusal('INVALID_REFUND_ACCOUNT_INFO');
  }

  issueVirtualAccount(wish: VirtualAccountWish): TossPayment {
    this.#refuseUsed(wish.orderId);
    if (wish.amount < leastTransfer) throw new TossRefusal('BELOW_MINIMUM_AMOUNT');
    const held = this.#make({
      ...{ orderId: wish.orderId, orderName: wish.orderName, totalAmount: wish.amount, bank: wish.bank },
      ...{ customerName: wish.customerName, method: '가상계좌', type: 'NORMAL' },
      ...{ status: 'WAITING_FOR_DEPOSIT', dueAt: this.#clock.now() + wish.validHours * hourMs },
    });
    this.#tell(held);
    return this.#view(held);
  }

  /** An order is charged once; windows that were only opened, or ended without money, do not count. */
  #refuseUsed(orderId: string): void {
    const unused = ['READY', 'IN_PROGRESS', 'ABORTED', 'EXPIRED'];
    const isUsed = [...this.#payments.values()].some(
      (one) => one.orderId === orderId && !unused.includes(one.status),
    );
    if (isUsed) throw new TossRefusal('DUPLICATED_ORDER_ID');
  }

  /** Somebody pays into the account; after its due date, or when it is cancelled, the bank takes nothing. */
  deposit(orderId: string): TossPayment {
    const held = this.#ofOrder(orderId);
    if (held.status !== 'WAITING_FOR_DEPOSIT' || this.#clock.now() >= held.dueAt)
      throw new TossRefusal('NOT_AVAILABLE_PAYMENT');
    this.#approve(held);
    return this.#view(held);
  }

  /** The bank takes back what it had told of: the account waits again. */
  undeposit(orderId: string): TossPayment {
    const held = this.#ofOrder(orderId);
    if (held.method !== '가상계좌' || held.status !== 'DONE') throw new TossRefusal('NOT_AVAILABLE_PAYMENT');
    held.status = 'WAITING_FOR_DEPOSIT';
    held.approvedAt = null;
    this.#record(held, -held.totalAmount);
    this.#tell(held);
    return this.#view(held);
  }

  issueBillingKey(authKey: string, customerKey: string): Record<string, unknown> {
    if (this.#usedAuthKeys.has(authKey)) throw new TossRefusal('INVALID_BILL_KEY_REQUEST');
    this.#usedAuthKeys.add(authKey);
    const billingKey = this.#next('bk');
    this.#billing.set(billingKey, customerKey);
    return {
      ...{ mId: 'tvivarepublica', customerKey, billingKey, method: '카드' },
      authenticatedAt: koreanTime(this.#clock.now()),
      card: {
        ...{ issuerCode: '61', acquirerCode: '31', number: '12345678****000*' },
        ...{ cardType: '신용', ownerType: '법인' },
      },
    };
  }

  chargeBilling(billingKey: string, wish: BillingCharge): TossPayment {
    const customerKey = this.#billing.get(billingKey);
    if (customerKey === undefined) throw new TossRefusal('INVALID_BILL_KEY_REQUEST');
    if (customerKey !== wish.customerKey) throw new TossRefusal('NOT_MATCHES_CUSTOMER_KEY');
    this.#refuseUsed(wish.orderId);
    const held = this.#make({
      ...{ orderId: wish.orderId, orderName: wish.orderName, totalAmount: wish.amount, customerKey },
      ...{ method: '카드', type: 'BILLING', status: 'IN_PROGRESS', authenticatedAt: this.#clock.now() },
    });
    this.#approve(held);
    return this.#view(held);
  }

  deleteBillingKey(billingKey: string): void {
    if (!this.#billing.delete(billingKey)) throw new TossRefusal('INVALID_BILL_KEY_REQUEST');
  }

  payments(): TossPayment[] {
    return [...this.#payments.values()].map((held) => this.#view(held));
  }

  /** Every movement of money, oldest first; amounts of cancels are negative. */
  transactions(): readonly Transaction[] {
    return this.#transactions;
  }

  changeOf(paymentKey: string): TossChange {
    const held = this.#ofKey(paymentKey);
    return {
      payment: this.#view(held),
      transactionKey: held.lastTransactionKey,
      secret: held.secret,
      isVirtualAccount: held.method === '가상계좌',
      isBilling: held.type === 'BILLING',
    };
  }

  methodOf(paymentKey: string): Held['method'] {
    return this.#ofKey(paymentKey).method;
  }
}

export interface CancelWish {
  readonly cancelReason: string;
  readonly cancelAmount?: number | undefined;
  readonly refundableAmount?: number | undefined;
  readonly refundReceiveAccount?: Record<string, unknown> | undefined;
}

export interface VirtualAccountWish {
  readonly amount: number;
  readonly orderId: string;
  readonly orderName: string;
  readonly customerName: string;
  readonly bank: string;
  readonly validHours: number;
}

export interface BillingCharge {
  readonly amount: number;
  readonly orderId: string;
  readonly orderName: string;
  readonly customerKey: string;
}

function cancelView(cancel: Cancel): Record<string, unknown> {
  return {
    ...cancel,
    ...{ taxFreeAmount: 0, taxExemptionAmount: 0, easyPayDiscountAmount: 0, transferDiscountAmount: 0 },
    canceledAt: koreanTime(cancel.canceledAt),
    ...{ receiptKey: null, cancelStatus: 'DONE', cancelRequestId: null },
  };
}

function cardView(amount: number): Record<string, unknown> {
  return {
    ...{ amount, issuerCode: '61', acquirerCode: '31', number: '12345678****000*', installmentPlanMonths: 0 },
    ...{ approveNo: '00000000', useCardPoint: false, cardType: '신용', ownerType: '개인' },
    ...{ acquireStatus: 'READY', isInterestFree: false, interestPayer: null },
  };
}
