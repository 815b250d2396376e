import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROJECT = 'demo-doctor-pitch';
export const REGION = 'asia-northeast3';
export const BUCKET = `${PROJECT}.appspot.com`;

export const SUITE_DIR = dirname(fileURLToPath(import.meta.url));
export const ROOT = resolve(SUITE_DIR, '../..');
export const CACHE = join(ROOT, '.cache');
export const LOGS = join(CACHE, 'logs');
export const SUITE_FILE = join(CACHE, 'suite.json');
export const KEEP_DIR = join(CACHE, 'data');
export const FIREBASE_CLI = join(ROOT, 'node_modules/firebase-tools/lib/bin/firebase.js');

/** @param {string} dir @returns {string} the same folder, now existing */
export function made(dir) {
  mkdirSync(dir, { recursive: true });
  return dir;
}

/** Suite chatter never goes to stdout: that belongs to the command of `exec`. @param {string} line */
export function say(line) {
  process.stderr.write(`suite: ${line}\n`);
}
