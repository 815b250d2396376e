/** Where an item of a mail belongs, as a table and by properties. */

import fc from 'fast-check';
import { sameValue } from '../kernel/same.ts';
import { claimKey } from './identity.ts';
import { type Candidate, type Place, type Placed, placeOf, type Sender } from './place.ts';
import type { Reading } from './schema.ts';

type Fields = Record<string, unknown>;

const hospital: Fields = { name: '라온의원', businessNumber: '1208147521', phone: '+8225550101' };
const doctor = (name: string, licenceNumber: string): Fields => ({ name, licenceNumber });

const reading = (value: unknown): Reading => ({
  ...{ value, raw: String(value), label: '라벨', source: 'body', confidence: 'high' },
});
function placed(
  kind: Placed['item']['kind'],
  fields: Fields,
  more: Partial<Pick<Placed, 'roles' | 'page' | 'hasNewPicture'>> & {
    intent?: 'change';
    extra?: string[];
  } = {},
): Placed {
  const { roles = [], page = null, hasNewPicture = false, intent = 'register', extra = [] } = more;
  const readings = Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [field, reading(value)]),
  );
  const labels = extra.map((label) => ({ label, value: '값' }));
  return { item: { kind, fields, readings, intent, extra: labels }, roles, page, hasNewPicture };
}

const candidate = (change: Partial<Candidate> = {}): Candidate => {
  const base: Omit<Candidate, 'claim'> = {
    ...{ id: 'm-1', ticket: 'DP-20261121-0001', kind: 'hospital', state: 'PENDING_REVIEW', by: 'reply' },
    ...{ intent: 'register', problems: [], senderAddress: 'desk@raon.example', publishedPath: null },
    ...{ fields: hospital, isNamed: false, target: null },
    ...change,
  };
  return { claim: claimKey(base.kind, base.fields), ...base };
};
const lacking = (...fields: string[]) =>
  fields.map((field) => ({ field, reason: 'MISSING', message: '없습니다' }));

const desk: Sender = { address: 'Desk@raon.example', isProven: true, isDangerous: false };
const other: Sender = { ...desk, address: 'desk@raon-other.example' };
const phone = placed('hospital', { phone: '+8225550199' }, { intent: 'change' });
const page = { path: 'Hospitals/h-1', fields: hospital, registrationId: 'm-0' };
const approved = candidate({ state: 'APPROVED', publishedPath: 'Hospitals/h-m-1' });
const two = [
  candidate({ id: 'a', ticket: 'DP-1', kind: 'doctor', fields: doctor('김라온', '123') }),
  candidate({ id: 'b', ticket: 'DP-2', kind: 'doctor', fields: doctor('이가람', '456') }),
];

const merge = (id: string, fields: Fields): Place => ({ do: 'merge', id, fields });
const create = (...warnings: ('TICKET_OF_ANOTHER' | 'DUPLICATE_CLAIM')[]) => ({ do: 'create', warnings });

describe('an item', () => {
  it.each<[string, Placed, readonly Candidate[], Sender, object]>([
    ['that nothing is known of is new', placed('hospital', hospital), [], desk, create()],
    ['in reply changes what it names', phone, [candidate()], desk, merge('m-1', { phone: '+8225550199' })],
    [
      'in reply to a rejected one goes there',
      phone,
      [candidate({ state: 'REJECTED' })],
      desk,
      { do: 'merge' },
    ],
    [
      'in reply to one kept apart goes there',
      phone,
      [candidate({ state: 'QUARANTINED' })],
      desk,
      { do: 'merge' },
    ],
    [
      'in reply to a published one is a change of the page',
      ...([phone, [approved], desk] as const),
      { do: 'change', target: 'Hospitals/h-m-1', fields: { phone: '+8225550199' }, warnings: [] },
    ],
    [
      'in reply to a published one that says what is there changes nothing',
      ...([placed('hospital', { phone: '+8225550101' }), [approved], desk] as const),
      { do: 'nothing', id: 'm-1' },
    ],
    ['with the ticket of somebody else is its own', phone, [candidate()], other, create('TICKET_OF_ANOTHER')],
    [
      'with its ticket from nobody proven is its own',
      ...([phone, [candidate()], { ...desk, isProven: false }] as const),
      create('TICKET_OF_ANOTHER'),
    ],
    ['that is dangerous changes nothing', phone, [candidate()], { ...desk, isDangerous: true }, create()],
    [
      'of two goes where its ticket is written',
      ...([
        placed('doctor', { focus: ['눈'] }),
        two.map((one) => ({ ...one, isNamed: one.id === 'b' })),
        desk,
      ] as const),
      { do: 'merge', id: 'b' },
    ],
    [
      'of two goes where its name is',
      placed('doctor', { name: '이가람' }),
      two,
      desk,
      { do: 'merge', id: 'b' },
    ],
    [
      'of two goes where its licence is',
      ...([placed('doctor', doctor('김라옴', '123')), two, desk] as const),
      { do: 'merge', id: 'a' },
    ],
    [
      'of two goes to the only one that lacks it',
      ...([
        placed('doctor', { isSpecialist: false }),
        [two[0], { ...two[1], problems: lacking('isSpecialist') }] as Candidate[],
        desk,
      ] as const),
      { do: 'merge', id: 'b' },
    ],
    [
      'of papers alone goes to the only one that lacks them',
      ...([
        placed(null, {}, { roles: ['medicalLicense'] }),
        [{ ...two[0], problems: lacking('medicalLicense') }, two[1]] as Candidate[],
        desk,
      ] as const),
      { do: 'merge', id: 'a' },
    ],
    [
      'of two that both lack it is left to an operator',
      ...([
        placed('doctor', { isSpecialist: false }),
        two.map((one) => ({ ...one, problems: lacking('isSpecialist') })),
        desk,
      ] as const),
      { do: 'change', target: null, warnings: ['WHICH_TICKET'], related: ['DP-1', 'DP-2'] },
    ],
    [
      'of another kind than all it may reply to is left to an operator',
      ...([placed('doctor', doctor('김라온', '123')), [candidate()], desk] as const),
      { do: 'change', target: null, warnings: ['WHICH_TICKET'] },
    ],
    [
      'sent again while the first is open goes there',
      ...([placed('hospital', hospital), [candidate({ by: 'claim' })], desk] as const),
      merge('m-1', hospital),
    ],
    [
      'sent again by somebody else is its own, shown beside the first',
      ...([placed('hospital', hospital), [candidate({ by: 'claim' })], other] as const),
      { ...create('DUPLICATE_CLAIM'), related: ['DP-20261121-0001'] },
    ],
    [
      'is not poured into one kept apart that claims the same',
      ...([placed('hospital', hospital), [candidate({ by: 'claim', state: 'QUARANTINED' })], desk] as const),
      create('DUPLICATE_CLAIM'),
    ],
    [
      'that is published as it is makes nothing',
      ...([placed('hospital', hospital, { page }), [], desk] as const),
      { do: 'nothing', id: 'm-0' },
    ],
    [
      'that is published as it is, with a picture that is new, is a change',
      ...([placed('hospital', hospital, { page, hasNewPicture: true }), [], desk] as const),
      { do: 'change', target: 'Hospitals/h-1', fields: {} },
    ],
    [
      'that is published otherwise is a change of what differs',
      ...([placed('hospital', { ...hospital, phone: '+8225550199' }, { page }), [], desk] as const),
      { do: 'change', target: 'Hospitals/h-1', fields: { phone: '+8225550199' }, warnings: [] },
    ],
    [
      'that differs from a page as an open change does goes there',
      ...([
        placed('hospital', { ...hospital, phone: '+8225550199' }, { page }),
        [candidate({ by: 'claim', intent: 'change', target: page.path })],
        desk,
      ] as const),
      merge('m-1', { phone: '+8225550199' }),
    ],
    [
      'in reply to a published one is added to the change of it that waits',
      ...([
        phone,
        [approved, candidate({ id: 'm-2', by: 'claim', intent: 'change', target: approved.publishedPath })],
        desk,
      ] as const),
      merge('m-2', { phone: '+8225550199' }),
    ],
    [
      'that asks for a change in words we have no field for is not lost',
      ...([
        placed('hospital', hospital, { page, intent: 'change', extra: ['정산계좌 변경'] }),
        [],
        desk,
      ] as const),
      { do: 'change', target: 'Hospitals/h-1', fields: {} },
    ],
  ])('%s', (_what, item, candidates, sender, expected) => {
    expect(placeOf(item, candidates, sender)).toMatchObject(expected);
  });
});

const states = ['NEEDS_INFO', 'PENDING_REVIEW', 'QUARANTINED', 'APPROVED', 'REJECTED'] as const;
const anyCandidate = fc
  .record({
    n: fc.nat(5),
    kind: fc.constantFrom('hospital', 'doctor', 'event', 'unknown'),
    state: fc.constantFrom(...states),
    intent: fc.constantFrom('register', 'change'),
    by: fc.constantFrom('reply', 'claim'),
    isNamed: fc.boolean(),
    senderAddress: fc.constantFrom('desk@raon.example', 'desk@raon-other.example', ''),
  } as const)
  .map(({ n, ...rest }) => candidate({ ...rest, id: `m-${n}`, ticket: `DP-${n}` }));
const anyItem = fc
  .record({
    kind: fc.constantFrom('hospital', 'doctor', 'event', null),
    fields: fc.dictionary(fc.constantFrom('name', 'phone', 'title', 'businessNumber'), fc.string()),
    page: fc.constantFrom(null, page),
  } as const)
  .map(({ kind, fields, page: found }) => placed(kind, fields, { page: found }));
const anySender = fc.record({
  address: fc.constantFrom('desk@raon.example', 'desk@raon-other.example', ''),
  isProven: fc.boolean(),
  isDangerous: fc.boolean(),
});

describe('whatever is sent', () => {
  it('changes nothing but what was written to its proven sender, and nothing that is published', () => {
    fc.assert(
      fc.property(
        anyItem,
        fc.array(anyCandidate, { maxLength: 5 }),
        anySender,
        (item, candidates, sender) => {
          const place = placeOf(item, candidates, sender);
          if (place.do !== 'merge') return;
          const target = candidates.filter(({ id }) => id === place.id);
          expect(sender.isProven && !sender.isDangerous).toBe(true);
          expect(target.some(({ senderAddress }) => senderAddress === sender.address)).toBe(true);
          expect(target.some(({ state }) => state !== 'APPROVED')).toBe(true);
        },
      ),
    );
  });

  it('is placed somewhere, and the same again in the same place', () => {
    fc.assert(
      fc.property(
        anyItem,
        fc.array(anyCandidate, { maxLength: 5 }),
        anySender,
        (item, candidates, sender) => {
          const place = placeOf(item, candidates, sender);
          expect(['create', 'merge', 'nothing', 'change']).toContain(place.do);
          expect(placeOf(item, candidates, sender)).toEqual(place);
        },
      ),
    );
  });
});

describe('values', () => {
  it('are the same in whatever order their parts are kept', () => {
    expect(sameValue({ mon: '10:00-19:00', tue: 'closed' }, { tue: 'closed', mon: '10:00-19:00' })).toBe(
      true,
    );
    expect(sameValue(['08', '14'], ['14', '08'])).toBe(false);
    expect(sameValue(null, undefined)).toBe(true);
  });
});
