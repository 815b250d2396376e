/** What kapi.kakao.com says: its refusals, and a person as /v2/user/me shows them. */
import { isRecord, type JsonRecord, json, parseJson, type WireReply } from './control.ts';
import type { KakaoPerson } from './kakao-people.ts';

export const refusals = {
  temporary: json(400, { msg: 'temporary internal failure. try again.', code: -1 }),
  badParameter: (what: string): WireReply => json(400, { msg: what, code: -2 }),
  quota: json(400, { msg: 'API limit has been exceeded.', code: -10 }),
  notLinked: json(400, { msg: 'this user is not linked to the app', code: -101 }),
  unknownProperty: (key: string): WireReply => json(400, { msg: `unknown property key: ${key}`, code: -201 }),
  deadToken: json(401, { msg: 'this access token does not exist', code: -401 }),
  wrongAppKey: json(401, { msg: 'this app key does not exist', code: -401 }),
};

/** The fields of `kakao_account` that one property key selects. */
const accountFields: Record<string, readonly string[]> = {
  profile: [
    'profile_needs_agreement',
    'profile_nickname_needs_agreement',
    'profile_image_needs_agreement',
    'profile',
  ],
  name: ['name_needs_agreement', 'name'],
  email: ['email_needs_agreement', 'is_email_valid', 'is_email_verified', 'email'],
  age_range: ['age_range_needs_agreement', 'age_range'],
  birthyear: ['birthyear_needs_agreement', 'birthyear'],
  birthday: ['birthday_needs_agreement', 'birthday', 'birthday_type', 'is_leap_month'],
  gender: ['gender_needs_agreement', 'gender'],
  phone_number: ['phone_number_needs_agreement', 'phone_number'],
  ci: ['ci_needs_agreement', 'ci', 'ci_authenticated_at'],
};

function pick(source: JsonRecord, keys: readonly string[]): JsonRecord {
  return Object.fromEntries(Object.entries(source).filter(([key]) => keys.includes(key)));
}

function withoutEmptyRecords(record: JsonRecord): JsonRecord {
  const isKept = (value: unknown): boolean => !isRecord(value) || Object.keys(value).length > 0;
  return Object.fromEntries(Object.entries(record).filter(([, value]) => isKept(value)));
}

function selectedBody(person: KakaoPerson, keys: readonly string[]): WireReply {
  const propertyNames: string[] = [];
  const accountNames: string[] = [];
  for (const key of keys) {
    const [group = '', name = ''] = key.split('.', 2);
    const fields = group === 'kakao_account' ? accountFields[name] : undefined;
    if (group === 'properties' && name !== '') propertyNames.push(name);
    else if (fields) accountNames.push(...fields);
    else return refusals.unknownProperty(key);
  }
  const { id, connected_at, properties, kakao_account } = person;
  const selected = {
    properties: pick(properties, propertyNames),
    kakao_account: pick(kakao_account, accountNames),
  };
  return json(200, { id, connected_at, ...withoutEmptyRecords(selected) });
}

function withSecureImages(person: KakaoPerson): KakaoPerson {
  const { profile } = person.kakao_account;
  if (!isRecord(profile)) return person;
  const secured = Object.entries(profile).map(([key, value]) => [
    key,
    key.endsWith('_image_url') && typeof value === 'string' ? value.replace(/^http:/, 'https:') : value,
  ]);
  return { ...person, kakao_account: { ...person.kakao_account, profile: Object.fromEntries(secured) } };
}

/** The whole person, or what `property_keys` asks for; `secure_resource` turns image addresses to https. */
export function userMeReply(person: KakaoPerson, fields: URLSearchParams): WireReply {
  const shown = fields.get('secure_resource') === 'true' ? withSecureImages(person) : person;
  const propertyKeys = fields.get('property_keys');
  const { id, connected_at, properties, kakao_account } = shown;
  if (propertyKeys === null) {
    return json(200, { id, connected_at, ...withoutEmptyRecords({ properties, kakao_account }) });
  }
  const keys = parseJson(propertyKeys);
  if (!Array.isArray(keys)) return refusals.badParameter('property_keys must be a JSON array');
  return selectedBody(shown, keys.map(String));
}
