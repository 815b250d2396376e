/** Where everything runs. Apart from options.ts, so that clients of the suite can name it without the SDK. */
export const region = 'asia-northeast3';
