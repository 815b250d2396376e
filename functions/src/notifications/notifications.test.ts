import fc from 'fast-check';
import { Timestamp } from '../platform/firebase.ts';
import { twoYearsAfter } from './adConsents.ts';
import { adPermission, adText, isNight, msUntilNight, nextMorning } from './adHours.ts';
import { deviceIdOf, devicesWith, mostDevices } from './devices.ts';
import { keptForMs, messageFor } from './message.ts';
import { newPush } from './push.ts';
import type { NewPush } from './schema.ts';
import { claim, mostAttempts, nextAfter, waitAfter } from './sendingPlan.ts';
import { type Answer, type Verdict, verdictOn, verdictOnProbe, waitOf } from './verdict.ts';

const korea = (time: string, day = '2026-11-21') => Date.parse(`${day}T${time}+09:00`);
const said = (granted: boolean) => ({ version: 1, granted, at: Timestamp.fromMillis(0) });
const day = 86_400_000;

describe('advertising by the clock of Korea', () => {
  it.each([
    ['20:59:59', false],
    ['20:59:59.999', false],
    ['21:00:00', true],
    ['23:59:59', true],
    ['00:00:00', true],
    ['07:59:59', true],
    ['07:59:59.999', true],
    ['08:00:00', false],
    ['12:00:00', false],
  ])('%s is night: %s', (time, night) => {
    expect(isNight(korea(time))).toBe(night);
  });

  it.each([
    ['20:59:59', 'now', 'now'],
    ['21:00:00', 'inTheMorning', 'now'],
    ['07:59:59', 'inTheMorning', 'now'],
    ['08:00:00', 'now', 'now'],
  ])('at %s: %s with the consent, %s with that for the night', (time, without, withNight) => {
    expect(adPermission({ adPush: said(true) }, korea(time))).toBe(without);
    expect(adPermission({ adPush: said(true), nightPush: said(false) }, korea(time))).toBe(without);
    expect(adPermission({ adPush: said(true), nightPush: said(true) }, korea(time))).toBe(withNight);
  });

  it.each([
    {},
    { adPush: said(false) },
    { nightPush: said(true) },
    { adPush: said(false), nightPush: said(true) },
  ])('is never sent without its consent: %j', (consents) => {
    for (const time of ['12:00:00', '22:00:00']) expect(adPermission(consents, korea(time))).toBe('never');
  });

  it('whoever waits for the morning waits until the next 08:00:00, to the millisecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: korea('00:00:00'), max: korea('00:00:00') + 400 * day }), (now) => {
        const morning = nextMorning(now);
        expect(morning).toBeGreaterThan(now);
        expect(morning - now).toBeLessThanOrEqual(day);
        expect(isNight(morning)).toBe(false);
        expect(isNight(morning - 1)).toBe(true);
        if (!isNight(now)) expect(isNight(now + msUntilNight(now))).toBe(true);
        if (!isNight(now)) expect(isNight(now + msUntilNight(now) - 1)).toBe(false);
      }),
    );
  });

  it('is marked, names its sender and how to refuse it, and is marked once', () => {
    const sender = { name: '닥터피치', contact: 'help@doctorpitch.example' };
    const text = adText({ title: '가을 이벤트', body: '모았습니다.' }, sender);
    expect(text.title).toBe('(광고) 가을 이벤트');
    expect(text.body).toBe(
      '모았습니다.\n닥터피치 help@doctorpitch.example · 무료 수신거부: 앱 설정 > 알림 > 광고성 정보',
    );
    expect(adText({ title: '( 광고 ) 가을', body: '' }, sender).title).toBe('(광고) 가을');
  });

  it('is asked about again every two years', () => {
    expect(new Date(twoYearsAfter(Date.parse('2026-11-21T03:00:00Z'))).toISOString()).toBe(
      '2028-11-21T03:00:00.000Z',
    );
    expect(new Date(twoYearsAfter(Date.parse('2028-02-29T03:00:00Z'))).toISOString()).toBe(
      '2030-03-01T03:00:00.000Z',
    );
  });
});

describe('an answer of FCM', () => {
  const now = Date.parse('2026-11-21T03:00:00Z');
  const fcm = (errorCode: string) => [
    { '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode },
  ];
  const answer = (
    status: number,
    name: string,
    details: unknown[] = [],
    more: Partial<Answer> = {},
  ): Answer => ({
    status,
    retryAfter: null,
    body: JSON.stringify({ error: { code: status, status: name, message: 'words', details } }),
    ...more,
  });
  const forget = { do: 'forget', alarm: false };
  const again = (failure: string, waitMs = 0, halt = false, ours = false) => ({
    ...{ do: 'again', failure, waitMs, halt, ours },
  });

  it.each<[string, Answer, unknown]>([
    ['200', { status: 200, retryAfter: null, body: '{"name":"projects/p/messages/1"}' }, { do: 'done' }],
    ['404 UNREGISTERED', answer(404, 'NOT_FOUND', fcm('UNREGISTERED')), forget],
    ['404 NOT_FOUND', answer(404, 'NOT_FOUND'), forget],
    [
      '400 that speaks of the token',
      { ...answer(400, ''), body: '{"error":{"message":"The registration token is not valid"}}' },
      forget,
    ],
    [
      '400 that names the field of the token',
      answer(400, 'INVALID_ARGUMENT', [{ fieldViolations: [{ field: 'message.token' }] }]),
      forget,
    ],
    ['400 INVALID_ARGUMENT', answer(400, 'INVALID_ARGUMENT', fcm('INVALID_ARGUMENT')), { do: 'probe' }],
    [
      '403 SENDER_ID_MISMATCH',
      answer(403, 'PERMISSION_DENIED', fcm('SENDER_ID_MISMATCH')),
      { do: 'forget', alarm: true },
    ],
    [
      '403 PERMISSION_DENIED by FCM',
      answer(403, 'PERMISSION_DENIED', fcm('PERMISSION_DENIED')),
      { do: 'forget', alarm: true },
    ],
    ['403 of the API', answer(403, 'PERMISSION_DENIED'), again('PERMISSION', 0, true, true)],
    [
      '429 QUOTA_EXCEEDED',
      answer(429, 'RESOURCE_EXHAUSTED', fcm('QUOTA_EXCEEDED')),
      again('QUOTA', 60_000, true),
    ],
    ['429 with a short wait', answer(429, '', [], { retryAfter: '5' }), again('QUOTA', 60_000, true)],
    ['429 with a long wait', answer(429, '', [], { retryAfter: '300' }), again('QUOTA', 300_000, true)],
    ['503 UNAVAILABLE', answer(503, 'UNAVAILABLE', fcm('UNAVAILABLE')), again('UNAVAILABLE')],
    ['503 with a wait', answer(503, 'UNAVAILABLE', [], { retryAfter: '40' }), again('UNAVAILABLE', 40_000)],
    ['500 INTERNAL', answer(500, 'INTERNAL', fcm('INTERNAL')), again('INTERNAL')],
    [
      '401 of Apple’s key',
      answer(401, 'UNAUTHENTICATED', fcm('THIRD_PARTY_AUTH_ERROR')),
      again('PLATFORM_CREDENTIAL', 0, false, true),
    ],
    ['401 of ours', answer(401, 'UNAUTHENTICATED'), again('CREDENTIAL', 0, true, true)],
    ['a page of HTML', { status: 502, retryAfter: null, body: '<html>' }, again('INTERNAL')],
    ['413', { status: 413, retryAfter: null, body: '' }, { do: 'giveUp', failure: 'HTTP_413' }],
  ])('%s', (_name, given, verdict) => {
    expect(verdictOn(given, now)).toEqual(verdict);
  });

  it.each([
    ['17', 17_000],
    ['Sat, 21 Nov 2026 03:01:00 GMT', 60_000],
    ['Sat, 21 Nov 2026 02:00:00 GMT', 0],
    ['soon', 0],
    ['-5', 0],
    ['99999999', day],
  ])('Retry-After: %s', (value, wait) => expect(waitOf(value, now)).toBe(wait));

  it('a message refused is tried with a good one: only a token that refuses that as well is forgotten', () => {
    expect(verdictOnProbe({ do: 'probe' })).toEqual(forget);
    expect(verdictOnProbe({ do: 'done' })).toEqual({ do: 'giveUp', failure: 'MESSAGE' });
    const busy: Verdict = { do: 'again', failure: 'QUOTA', waitMs: 60_000, halt: true, ours: false };
    expect(verdictOnProbe(busy)).toBe(busy);
  });

  it('no answer whatever makes anybody forgotten but those that speak of the token', () => {
    const words = fc.constantFrom('', 'UNAVAILABLE', 'INTERNAL', 'PERMISSION_DENIED', 'UNAUTHENTICATED', 'x');
    fc.assert(
      fc.property(fc.integer({ min: 401, max: 599 }), words, fc.string(), (status, name, body) => {
        const verdicts = [
          verdictOn(answer(status, name), now),
          verdictOn({ status, retryAfter: null, body }, now),
        ];
        expect(verdicts.some((verdict) => verdict.do === 'forget')).toBe(false);
      }),
    );
  });
});

describe('a push', () => {
  const now = korea('12:00:00');
  const due = (ms: number | null) => (ms === null ? null : Timestamp.fromMillis(ms));

  it.each([
    ['PENDING', 0, now, 'send'],
    ['PENDING', 0, now + 1, 'early'],
    ['SENDING', 1, now + 1, 'leave'],
    ['SENDING', 1, now, 'send'],
    ['SENDING', mostAttempts, now, 'giveUp'],
    ['SENT', 1, null, 'leave'],
    ['FAILED', 7, null, 'leave'],
  ] as const)('%s at attempt %i, due %s: %s', (state, attempts, dueAt, what) => {
    expect(claim({ state, attempts, dueAt: due(dueAt) }, now)).toBe(what);
  });

  const reached = { waiting: 1, again: null, morning: false, cut: false, gotOn: false };
  const again = { failure: 'UNAVAILABLE', waitMs: 0 };
  it('is sent when nobody waits any more', () => {
    expect(nextAfter({ ...reached, waiting: 0 }, 3, now)).toMatchObject({ state: 'SENT', dueAt: null });
  });
  it('waits longer from attempt to attempt, as long as it is told, and ends visibly', () => {
    const waits = Array.from({ length: mostAttempts - 1 }, (_, index) => waitAfter(index + 1));
    expect([...waits].sort((a, b) => a - b)).toEqual(waits);
    expect(nextAfter({ ...reached, again }, 1, now)).toMatchObject({ state: 'PENDING', dueAt: now + 10_000 });
    expect(nextAfter({ ...reached, again: { ...again, waitMs: 60_000 } }, 1, now).dueAt).toBe(now + 60_000);
    const last = nextAfter({ ...reached, again }, mostAttempts, now);
    expect(last).toEqual({ state: 'FAILED', attempts: mostAttempts, dueAt: null, failure: 'UNAVAILABLE' });
  });
  it('is not given up as long as it gets on', () => {
    const next = nextAfter({ ...reached, again, gotOn: true }, mostAttempts, now);
    expect(next).toMatchObject({ state: 'PENDING', attempts: 1, dueAt: now + 10_000 });
  });
  it('whoever was not come to is next at once, also by night', () => {
    const night = korea('22:00:00');
    expect(nextAfter({ ...reached, morning: true, cut: true }, 2, night)).toMatchObject({
      dueAt: night,
      attempts: 0,
    });
    expect(nextAfter({ ...reached, morning: true }, 2, night).dueAt).toBe(korea('08:00:00', '2026-11-22'));
  });
  it('goes on at once when the morning came while it was sent', () => {
    expect(nextAfter({ ...reached, morning: true }, 1, korea('08:00:00')).dueAt).toBe(korea('08:00:00'));
  });
  it('keeps those who wait for the morning when the others cannot be reached', () => {
    const next = nextAfter({ ...reached, again, morning: true }, mostAttempts, korea('22:00:00'));
    expect(next).toMatchObject({ state: 'PENDING', attempts: 0, dueAt: korea('08:00:00', '2026-11-22') });
  });

  const given: NewPush = {
    ...{ cause: 'reply-1', uids: ['a', 'b', 'a'], title: '새 댓글', body: '댓글', target: 'x/y' },
    ...{ kind: 'reply', advertising: false },
  };
  it('is queued for everybody once', () => {
    expect(newPush(given, now)).toMatchObject({ uids: ['a', 'b'], waiting: ['a', 'b'], state: 'PENDING' });
  });
  it.each(['', '.', '..', 'a/b', '__x__', 'x'.repeat(301)])('has no cause like %j', (cause) => {
    expect(() => newPush({ ...given, cause }, now)).toThrow();
  });

  const push = newPush(given, now);
  const shown = { pushId: 'reply-1', push, text: { title: '새 댓글', body: '댓글' }, badge: 3, now };
  it('is kept for a phone that is off until the night, when it is advertising', () => {
    const ad = { ...push, advertising: true };
    expect(keptForMs(ad, korea('20:59:30'))).toBe(30_000);
    expect(keptForMs(ad, korea('08:00:00'))).toBe(13 * 3_600_000);
    expect(keptForMs(push, korea('20:59:30'))).toBe(day);
  });
  it('replaces itself when it is sent again, and others of its room', () => {
    const one = messageFor({ token: 't' }, shown);
    const other = messageFor({ token: 't' }, { ...shown, pushId: 'reply-2' });
    expect(messageFor({ token: 't' }, shown)).toEqual(one);
    expect(other.apns.headers['apns-collapse-id']).not.toBe(one.apns.headers['apns-collapse-id']);
    expect(one.android).not.toHaveProperty('collapse_key');
    const [first, second] = ['m1', 'm2'].map((pushId) =>
      messageFor({ token: 't' }, { ...shown, pushId, push: { ...push, collapse: 'Chatting/r1' } }),
    );
    expect(first?.android.collapse_key).toBe(second?.android.collapse_key);
    expect(first?.android.notification?.tag).toBe(second?.android.notification?.tag);
    expect(first?.apns.headers).toEqual(second?.apns.headers);
  });
  it('shows nothing by itself when it is data only', () => {
    const quiet = messageFor({ token: 't' }, { ...shown, push: { ...push, dataOnly: true } });
    expect(quiet).not.toHaveProperty('notification');
    expect(quiet.android).not.toHaveProperty('notification');
    expect(quiet.apns.headers).toMatchObject({ 'apns-push-type': 'background', 'apns-priority': '5' });
    expect(quiet.apns.payload.aps).toEqual({ 'content-available': 1, badge: 3 });
    expect(Object.values(quiet.data).every((value) => typeof value === 'string')).toBe(true);
  });
});

describe('devices of a member', () => {
  const device = (seenAt: number) => ({
    token: `t${seenAt}`,
    platform: 'ios' as const,
    seenAt: Timestamp.fromMillis(seenAt),
  });
  it('are five at most: the one not seen for longest goes', () => {
    const five = Object.fromEntries([3, 1, 4, 2, 5].map((n) => [`d${n}`, device(n)]));
    const { kept, dropped } = devicesWith(five, 'd9', device(9));
    expect(dropped).toEqual(['d1']);
    expect(Object.keys(kept).sort()).toEqual(['d2', 'd3', 'd4', 'd5', 'd9']);
    expect(Object.keys(kept)).toHaveLength(mostDevices);
  });
  it('are told apart by their tokens', () => {
    expect(deviceIdOf('a')).toMatch(/^[0-9a-f]{32}$/);
    expect(deviceIdOf('a')).not.toBe(deviceIdOf('b'));
    expect(devicesWith({ d1: device(1) }, 'd1', device(2))).toMatchObject({
      dropped: [],
      kept: { d1: { token: 't2' } },
    });
  });
});
