/** What a mail makes of registrations. */

import { mail, multipart, text } from '../../test/mail/build.ts';
import { aRegistration, hospitalFieldsOf, paperOf } from '../../test/support/aRegistration.ts';
import { readMessage } from '../mail/mail.ts';
import type { Reading, Registration } from './schema.ts';
import { type Circumstance, changed, created, type Work } from './settle.ts';

const now = { seconds: 1, nanoseconds: 0, toMillis: () => 1000, toDate: () => new Date(1000) };

async function circumstance(): Promise<Circumstance> {
  const raw = mail('Re: [DP-20261121-0001] 병원 등록', multipart('mixed', text('변경 부탁드립니다')), {});
  return {
    ...{
      mailId: 'mail_2',
      message: await readMessage(raw),
      files: [],
      isTicketReply: true,
      settings: {},
      now,
    },
    onFile: { emails: [], domains: [] },
  };
}

const reading = (value: unknown): Reading => ({
  ...{ value, raw: String(value), label: '라벨', source: 'body', confidence: 'high' },
});
function work(fields: Record<string, unknown>, papers: Work['papers'] = []): Work {
  const readings = Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [field, reading(value)]),
  );
  const item = { kind: 'hospital', intent: 'change', problems: [], extra: [], row: null } as const;
  return { item: { ...item, fields, readings }, own: [], papers };
}

async function after(standing: Registration, fields: Record<string, unknown>, papers: Work['papers'] = []) {
  const result = changed(standing, work(fields, papers), fields, await circumstance());
  if (!result) throw new Error('nothing was changed');
  return result;
}

describe('a registration a reply is taken into', () => {
  it('waits for an operator once nothing is missing, and for its sender when something is wrong', async () => {
    const lacking = aRegistration({ state: 'NEEDS_INFO', papers: [paperOf('bizRegistration')] });
    const complete = await after(lacking, {}, [paperOf('openingCertificate')]);
    expect(complete).toMatchObject({ state: 'PENDING_REVIEW', problems: [], mergedMailIds: ['mail_2'] });
    const worse = await after(complete, { representative: '' });
    expect(worse).toMatchObject({ state: 'NEEDS_INFO', problems: [{ field: 'representative' }] });
  });
  it('needs a call for what it replaces, not for what it fills in; an earlier call does not count', async () => {
    const confirmed = { owner: '11/20 대표번호로 통화함', money: '11/20 대표번호로 통화함' };
    const replaced = await after(aRegistration({ confirmed }), { representative: '박라온' });
    expect(replaced.confirmationsNeeded).toEqual(['owner']);
    expect(replaced.confirmed).toEqual({ money: confirmed.money });
    const empty = aRegistration({ fields: hospitalFieldsOf({ representative: null }) });
    expect((await after(empty, { representative: '박라온' })).confirmationsNeeded).toEqual([]);
  });
  it('stays apart when it was kept apart, opens when it was closed, and keeps an operator’s word', async () => {
    const fields = { phone: '+8225550199' };
    expect(await after(aRegistration({ state: 'QUARANTINED' }), fields)).toMatchObject({
      state: 'QUARANTINED',
    });
    const rejected = aRegistration({ state: 'REJECTED', decision: 'reject', decidedAt: now });
    expect(await after(rejected, fields)).toMatchObject({
      ...{ state: 'PENDING_REVIEW', decision: null, decidedAt: null },
    });
    expect(await after(aRegistration({ decision: 'approv' }), fields)).toMatchObject({ decision: 'approv' });
  });
  it('is left alone by what says nothing new', async () => {
    const said = { phone: '+8225550101' };
    expect(changed(aRegistration(), work(said), said, await circumstance())).toBeNull();
  });
});

describe('a change of a page', () => {
  it('needs a call for what is delicate', async () => {
    const fields = { representative: '박라온', contactEmail: 'new@raon.example' };
    const target = 'Hospitals/h-1';
    const change = created(
      work(fields),
      { do: 'change', target, fields, warnings: [], related: [] },
      await circumstance(),
    );
    expect(change).toMatchObject({ intent: 'change', target, state: 'PENDING_REVIEW', fields });
    expect(change.confirmationsNeeded).toEqual(['owner', 'email']);
  });
  it('of nothing that can be told asks its sender for the ticket', async () => {
    const change = created(
      work({ phone: '+8225550199' }),
      { do: 'change', target: null, fields: {}, warnings: ['WHICH_TICKET'], related: ['DP-1', 'DP-2'] },
      await circumstance(),
    );
    expect(change).toMatchObject({ state: 'NEEDS_INFO', problems: [{ reason: 'WHICH_TICKET' }] });
    expect(change.relatedTickets).toEqual(['DP-1', 'DP-2']);
  });
});
