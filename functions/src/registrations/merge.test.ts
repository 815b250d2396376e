/** A reply taken into a registration. */
import fc from 'fast-check';
import { mergeReply, type Reply } from './merge.ts';
import { maxCorrections, type Paper, type Reading } from './schema.ts';

const at = { seconds: 0, nanoseconds: 0, toMillis: () => 0, toDate: () => new Date(0) };
const reading = (value: unknown, raw = String(value)): Reading => ({
  ...{ value, raw, label: '전화', source: 'body', confidence: 'high' },
});
const paper = (role: Paper['role'], sha256: string): Paper => ({
  ...{
    path: `registrations/m-1/${sha256}.pdf`,
    fileName: `${role}.pdf`,
    role,
    contentType: 'application/pdf',
  },
  ...{ size: 1, sha256 },
});
const standing = {
  ...{ kind: 'hospital' as const, intent: 'register' as const },
  fields: { name: '라온의원', phone: '+8225550101', zip: null },
  readings: { phone: reading('+8225550101') },
  extra: [],
  papers: [paper('bizRegistration', 'a')],
  problems: [
    { field: 'hours', reason: 'CONFLICT', message: '서로 다른 값' },
    { field: 'zip', reason: 'UNREADABLE', message: '읽을 수 없음' },
    { field: 'representative', reason: 'MISSING', message: '대표자 정보가 없습니다' },
  ],
  corrections: [],
};
const reply = (fields: Record<string, unknown>, more: Partial<Reply> = {}): Reply => ({
  mailId: 'm-2',
  item: {
    kind: 'hospital',
    readings: Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, reading(value)])),
    ...{ problems: [], extra: [] },
  },
  ...{ fields, papers: [], at },
  ...more,
});

describe('a reply', () => {
  it('replaces what it names, and writes down what stood there', () => {
    const merged = mergeReply(standing, reply({ phone: '+8225550199', zip: '06236' }));
    expect(merged.fields).toMatchObject({ name: '라온의원', phone: '+8225550199', zip: '06236' });
    expect(merged.corrections).toEqual([
      { field: 'phone', from: '+8225550101', to: '+8225550199', by: 'mail', mailId: 'm-2', at },
      { field: 'zip', from: null, to: '06236', by: 'mail', mailId: 'm-2', at },
    ]);
    expect(merged.readings.phone?.value).toBe('+8225550199');
    // What was asked for and is given replaces nothing.
    expect(merged.replaced).toEqual({ phone: '+8225550199' });
  });
  it('settles what could not be read before, and leaves the rest', () => {
    const { unread } = mergeReply(standing, reply({ zip: '06236' }));
    expect(unread.map(({ field }) => field)).toEqual(['hours']);
  });
  it('that cannot be read replaces nothing', () => {
    const problem = { field: 'phone', reason: 'UNREADABLE', message: '전화번호를 읽을 수 없습니다' };
    const item = { ...reply({}).item, readings: { phone: reading(null, '5550101') }, problems: [problem] };
    const merged = mergeReply(standing, reply({}, { item }));
    expect(merged.fields.phone).toBe('+8225550101');
    expect(merged.readings.phone?.value).toBe('+8225550101');
    expect(merged.unread).toContainEqual(problem);
  });
  it('adds papers, each once', () => {
    const merged = mergeReply(
      standing,
      reply({}, { papers: [paper('bizRegistration', 'a'), paper('openingCertificate', 'b')] }),
    );
    expect(merged.papers.map(({ sha256 }) => sha256)).toEqual(['a', 'b']);
  });
  it('that says what is there changes nothing', () => {
    expect(mergeReply(standing, reply({ phone: '+8225550101' })).isChanged).toBe(false);
  });
  it('tells the kind of what was unknown', () => {
    const merged = mergeReply({ ...standing, kind: 'unknown', fields: {} }, reply({ name: '라온의원' }));
    expect(merged.kind).toBe('hospital');
    expect(merged.fields).toMatchObject({ name: '라온의원', homepage: null, hours: '' });
  });
});

it('a reply taken in twice is as one, and history stays bounded', () => {
  const fields = fc.dictionary(fc.constantFrom('name', 'phone', 'zip', 'hours'), fc.string({ minLength: 1 }));
  fc.assert(
    fc.property(fc.array(fields, { minLength: 1, maxLength: 40 }), (replies) => {
      let now = { ...standing, corrections: mergeReply(standing, reply({})).corrections };
      for (const said of replies) {
        const once = mergeReply(now, reply(said));
        const twice = mergeReply({ ...now, ...once, problems: [...once.unread] }, reply(said));
        expect(twice.fields).toEqual(once.fields);
        expect(twice.corrections).toEqual(once.corrections);
        now = { ...standing, fields: { ...now.fields, ...once.fields }, corrections: once.corrections };
      }
      expect(now.corrections.length).toBeLessThanOrEqual(maxCorrections);
    }),
  );
});
