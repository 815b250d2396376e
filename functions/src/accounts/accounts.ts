/** Decisions about members. Pure: knows no Firebase. */

/** The uid of a Kakao member. The id is Kakao's word, never the client's. */
export const kakaoUid = (kakaoId: number): string => `kakao:${kakaoId}`;

/** The id of the login card of a Kakao account. */
export const kakaoLogin = (kakaoId: number): string => `kakao:${kakaoId}`;

/** The form an address is kept, compared and looked for in. */
export const tidyEmail = (email: string): string => email.trim().normalize('NFKC').toLowerCase();
