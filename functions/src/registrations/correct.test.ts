import fc from 'fast-check';
import { aRegistration, hospitalFieldsOf, paperOf } from '../../test/support/aRegistration.ts';
import { corrected } from './correct.ts';
import type { Registration } from './schema.ts';

const at = { seconds: 1, nanoseconds: 0, toMillis: () => 1000, toDate: () => new Date(1000) };
const correct = (registration: Registration, fields: Record<string, unknown>, kind = registration.kind) =>
  corrected(
    registration,
    { kind, fields: { ...registration.fields, ...fields } },
    { by: 'operator-1', at },
    { adReviewRequired: false, today: '2026-11-21' },
  );

const incomplete = aRegistration({
  state: 'NEEDS_INFO',
  fields: hospitalFieldsOf({ phone: null }),
  problems: [{ field: 'phone', reason: 'UNREADABLE', message: '전화번호: 값을 읽을 수 없습니다: "555"' }],
});

describe('a correction', () => {
  it('settles what was missing, in the form it is kept in, and says whose it was', () => {
    const result = correct(incomplete, { phone: ' 02) 555-0199 ' });
    expect(result).toMatchObject({
      state: 'PENDING_REVIEW',
      problems: [],
      fields: { phone: '+8225550199' },
      readings: {
        phone: { value: '+8225550199', raw: ' 02) 555-0199 ', source: 'operator', confidence: 'high' },
      },
      corrections: [{ field: 'phone', from: null, to: '+8225550199', by: 'operator-1', mailId: null, at }],
    });
  });
  it.each([
    ['hospital', { address: '경기 성남시 분당구 판교로 1' }, { region: '경기', district: '성남시' }],
    ['hospital', { departments: '피부과, 성형외과' }, { departments: ['08', '14'] }],
    ['hospital', { businessNumber: '120-81-47521' }, { businessNumber: '1208147521' }],
    ['hospital', { name: '라온 의원', type: '의원' }, { name: '라온 의원', type: '의원' }],
    [
      'event',
      { priceBefore: '132만원', priceAfter: '990,000원' },
      { priceBefore: 1320000, priceAfter: 990000 },
    ],
    ['event', { startsOn: '2026.12.1', endsOn: '27/1/31' }, { startsOn: '2026-12-01', endsOn: '2027-01-31' }],
    ['event', { vatIncluded: '포함' }, { vatIncluded: true }],
    ['doctor', { isSpecialist: '전문의 아님' }, { isSpecialist: false }],
    ['doctor', { licenceNumber: '제 000123 호' }, { licenceNumber: '123' }],
    ['doctor', { hospitalBusinessNumber: '120-81-47521' }, { hospitalBusinessNumber: '1208147521' }],
  ] as const)('of a %s is read like a mail: %o', (kind, typed, kept) => {
    const result = correct(aRegistration({ kind, fields: {} }), typed);
    expect(result?.fields).toMatchObject(kept);
  });
  it('that cannot be read stays as typed, and is explained', () => {
    const result = correct(aRegistration(), { phone: '전화 주세요' });
    expect(result?.fields.phone).toBe('전화 주세요');
    expect(result?.problems).toMatchObject([{ field: 'phone', reason: 'INVALID' }]);
    expect(result?.state).toBe('NEEDS_INFO');
  });
  it('under a name there is no field of is explained', () =>
    expect(correct(aRegistration(), { phon: '02-555-0199' })?.problems).toMatchObject([
      { field: 'phon', reason: 'UNKNOWN_FIELD' },
    ]));
  it('empties a field with null', () =>
    expect(correct(aRegistration(), { phone: null })).toMatchObject({
      state: 'NEEDS_INFO',
      problems: [{ field: 'phone', reason: 'MISSING' }],
    }));
  it('leaves other complaints standing until their own field is corrected', () => {
    const file = { field: 'main', reason: 'FILE_MISMATCH', message: '사진.jpg: 파일 내용이 이름과 다릅니다' };
    const result = correct(
      { ...incomplete, problems: [...incomplete.problems, file] },
      { phone: '02-555-0199' },
    );
    expect(result).toMatchObject({ state: 'NEEDS_INFO', problems: [file] });
  });
  it('of the kind is checked as that kind', () => {
    const unknown = aRegistration({
      ...{ kind: 'unknown', state: 'NEEDS_INFO', fields: {} },
      papers: [paperOf('medicalLicense')],
      problems: [{ field: 'kind', reason: 'UNKNOWN_KIND', message: '' }],
    });
    const fields = {
      name: '김라온',
      licenceNumber: '123',
      isSpecialist: false,
      hospitalBusinessNumber: '1208147521',
    };
    const rest = { specialty: null, specialistNumber: null, career: [], focus: [] };
    expect(correct(unknown, { ...fields, ...rest }, 'doctor')).toMatchObject({
      state: 'PENDING_REVIEW',
      problems: [],
    });
  });
  it('keeps apart what was put apart', () =>
    expect(correct(aRegistration({ state: 'QUARANTINED' }), { phone: '02-555-0199' })?.state).toBe(
      'QUARANTINED',
    ));
  it('lets no resident number in', () => {
    const result = correct(aRegistration(), { hours: '담당 800101-1234567' });
    expect(JSON.stringify(result)).not.toContain('1234567');
  });
  it('that changes nothing is none', () => expect(correct(aRegistration(), {})).toBeNull());
  it('keeps a history that ends somewhere', () => {
    const long = aRegistration({
      corrections: Array.from({ length: 100 }, () => ({
        ...{ field: 'phone', from: 1, to: 2, by: 'mail', mailId: null, at },
      })),
    });
    const result = correct(long, { phone: '02-555-0199' });
    expect(result?.corrections).toHaveLength(100);
    expect(result?.corrections.at(-1)).toMatchObject({ to: '+8225550199' });
  });
  it('made again changes nothing, whatever was typed', () => {
    const kinds = fc.constantFrom('hospital', 'doctor', 'event', 'unknown');
    const typed = fc.dictionary(
      fc.constantFrom('name', 'phone', 'address', 'title', 'priceAfter', 'endsOn', 'isSpecialist', 'x'),
      fc.oneof(
        fc.string(),
        fc.constantFrom('02-555-0101', '99만원', '26.12.1', '서울 강남구 테헤란로 1'),
        fc.integer(),
      ),
    );
    fc.assert(
      fc.property(kinds, typed, (kind, fields) => {
        const first = correct(aRegistration({ kind, fields: {} }), fields);
        if (!first) return;
        expect(correct({ ...aRegistration(), ...first }, first.fields)).toBeNull();
      }),
    );
  });
});
