/** The people and access tokens the Kakao stand-in begins with. Every name, number and address is invented. */
import type { JsonRecord } from './control.ts';

export const kakaoApp = {
  appId: 123456,
  adminKey: 'local-kakao-admin-key',
  restKey: 'local-kakao-rest-key',
  nativeKey: 'local-kakao-native-key',
} as const;

export const anotherAppId = 654321;

export interface KakaoPerson {
  id: number;
  /** The app this person is linked to; only ours has members here. */
  appId: number;
  connected_at: string;
  properties: Record<string, string>;
  kakao_account: JsonRecord;
}

export interface KakaoToken {
  token: string;
  personId: number;
  /** Seconds of life left; 0 or less is a dead token. */
  expiresIn: number;
}

const connectedAt = '2026-01-02T03:04:05Z';

function agreedProfile(nickname: string, picture: string): JsonRecord {
  return {
    profile_needs_agreement: false,
    profile_nickname_needs_agreement: false,
    profile_image_needs_agreement: false,
    profile: {
      nickname,
      thumbnail_image_url: `http://k.kakaocdn.net/dn/${picture}/img_110x110.jpg`,
      profile_image_url: `http://k.kakaocdn.net/dn/${picture}/img_640x640.jpg`,
      is_default_image: false,
      is_default_nickname: false,
    },
  };
}

function agreedEmail(email: string, isVerified: boolean): JsonRecord {
  return { email_needs_agreement: false, is_email_valid: true, is_email_verified: isVerified, email };
}

const minji: KakaoPerson = {
  id: 9000000001,
  appId: kakaoApp.appId,
  connected_at: connectedAt,
  properties: { nickname: '김민지' },
  kakao_account: {
    ...agreedProfile('김민지', 'minji'),
    name_needs_agreement: false,
    name: '김민지',
    ...agreedEmail('minji@example.com', true),
    age_range_needs_agreement: false,
    age_range: '20~29',
    birthyear_needs_agreement: false,
    birthyear: '1999',
    birthday_needs_agreement: false,
    birthday: '0131',
    birthday_type: 'SOLAR',
    is_leap_month: false,
    gender_needs_agreement: false,
    gender: 'female',
    phone_number_needs_agreement: false,
    phone_number: '+82 10-0000-0001',
  },
};

const seojun: KakaoPerson = {
  id: 9000000002,
  appId: kakaoApp.appId,
  connected_at: connectedAt,
  properties: {},
  kakao_account: {
    profile_needs_agreement: true,
    profile_nickname_needs_agreement: true,
    profile_image_needs_agreement: true,
    name_needs_agreement: true,
    email_needs_agreement: true,
    age_range_needs_agreement: true,
    birthyear_needs_agreement: true,
    birthday_needs_agreement: true,
    gender_needs_agreement: true,
    phone_number_needs_agreement: true,
  },
};

function personWithProfileAndEmail(id: number, nickname: string, name: string): KakaoPerson {
  return {
    id,
    appId: kakaoApp.appId,
    connected_at: connectedAt,
    properties: { nickname },
    kakao_account: { ...agreedProfile(nickname, name), ...agreedEmail(`${name}@example.com`, true) },
  };
}

const haeun: KakaoPerson = {
  id: 9000000003,
  appId: kakaoApp.appId,
  connected_at: connectedAt,
  properties: { nickname: '이하은' },
  kakao_account: { ...agreedProfile('이하은', 'haeun'), ...agreedEmail('haeun@example.com', false) },
};

export const seedPeople: readonly KakaoPerson[] = [
  minji,
  seojun,
  haeun,
  personWithProfileAndEmail(9000000004, '최도윤', 'doyun'),
  { ...personWithProfileAndEmail(9000000005, '정지우', 'jiwoo'), appId: anotherAppId },
  personWithProfileAndEmail(9000000099, '박현우', 'hyunwoo'),
];

export const seedTokens: readonly KakaoToken[] = [
  { token: 'kakao-token-minji', personId: 9000000001, expiresIn: 21_000 },
  { token: 'kakao-token-seojun', personId: 9000000002, expiresIn: 21_000 },
  { token: 'kakao-token-unverified', personId: 9000000003, expiresIn: 21_000 },
  { token: 'kakao-token-expired', personId: 9000000004, expiresIn: 0 },
  { token: 'kakao-token-other-app', personId: 9000000005, expiresIn: 21_000 },
  { token: 'kakao-token-suspended', personId: 9000000099, expiresIn: 21_000 },
];
