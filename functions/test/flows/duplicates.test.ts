/** One clinic, doctor or event sent in more than once: before approval, by somebody else, and when it is published. */
import { log } from '../../src/platform/log.ts';
import { answerDue } from '../../src/registrations/answers.ts';
import {
  asFunctions,
  countOf,
  decide,
  hour,
  lettersSent,
  newSender,
  registration,
  send,
} from '../support/correspondence.ts';
import { hospitalMail, newBusinessNumber } from '../support/mails.ts';

Object.assign(process.env, asFunctions);
beforeAll(() => {
  for (const level of ['info', 'warn', 'error'] as const) jest.spyOn(log, level).mockImplementation();
});

describe('the same once more', () => {
  it('before approval is the old ticket, from the same sender', async () => {
    const from = newSender();
    const businessNumber = newBusinessNumber();
    const { id } = await send(hospitalMail(businessNumber, '두번의원', [], { from }));
    await lettersSent(from, 1);
    const again = await send(hospitalMail(businessNumber, '두번의원', [], { from }));
    expect(again.ids).toEqual([id]);
    expect(await countOf(from)).toBe(1);
    expect((await registration(id)).corrections).toEqual([]);
    await answerDue(Date.now() + hour);
    const [, second] = await lettersSent(from, 2);
    expect(second?.text).toContain((await registration(id)).ticket);
    expect(second?.text).toContain('이미 접수된 내용과 같아');
  });

  it('from somebody else is shown to the operator beside the first', async () => {
    const [from, other] = [newSender(), newSender()];
    const businessNumber = newBusinessNumber();
    const { id } = await send(hospitalMail(businessNumber, '둘의원', [], { from }));
    const second = await send(hospitalMail(businessNumber, '둘의원', [], { from: other }));
    expect(second.id).not.toBe(id);
    const { ticket } = await registration(id);
    const own = await registration(second.id);
    expect(own.warnings).toContain('DUPLICATE_CLAIM');
    expect(own.relatedTickets).toEqual([ticket]);
    const [letter] = await lettersSent(other, 1);
    expect(letter?.text).not.toContain(ticket);
  });

  it('of what is published makes nothing new; what differs is a change', async () => {
    const from = newSender();
    const businessNumber = newBusinessNumber();
    const { id } = await send(hospitalMail(businessNumber, '공개의원', [], { from }));
    await lettersSent(from, 1);
    const { publishedPath, ticket } = await decide(id, 'approve');
    const again = await send(hospitalMail(businessNumber, '공개의원', [], { from }));
    expect(again.ids).toEqual([id]);
    expect(await countOf(from)).toBe(1);
    await answerDue(Date.now() + hour);
    const [, told] = await lettersSent(from, 2);
    expect(told?.text).toContain('이미 등록되어 있는 내용과 같아');
    expect(told?.text).toContain(ticket);

    const renamed = await send(hospitalMail(businessNumber, '새이름의원', [], { from }));
    expect(await registration(renamed.id)).toMatchObject({
      ...{ intent: 'change', target: publishedPath, fields: { name: '새이름의원' } },
    });
    const thrice = await send(hospitalMail(businessNumber, '새이름의원', [], { from }));
    expect(thrice.ids).toEqual(renamed.ids);
  });
});
