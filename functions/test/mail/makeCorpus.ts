/**
 * The corpus as files: every mail as bytes, and what is expected of it as data. The same cases make the same files on
 * every machine; a test holds the committed ones to that.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { Expected, Trap } from './cases/case.ts';
import { corpus } from './cases/corpus.ts';

/** Seen from the root of the project, where every command starts. */
export const corpusFolder = 'functions/test/mail/corpus';
export const expectedFile = 'expected.json';

/** A line of expected.json. */
export interface Entry {
  readonly name: string;
  readonly trap: Trap;
  /** Seen from the folder of the corpus. */
  readonly file: string;
  readonly expected: Expected;
}

/** Every file of the corpus by its name, and what it holds. */
export function corpusFiles(): ReadonlyMap<string, Buffer> {
  const entries = corpus.map(({ name, trap, file, expected }): Entry => ({ name, trap, file, expected }));
  const mails = corpus.filter(({ file }) => !file.startsWith('..'));
  return new Map([
    ...mails.map(({ file, raw }) => [file, raw] as const),
    [expectedFile, Buffer.from(`${JSON.stringify(entries, null, 1)}\n`)] as const,
  ]);
}

/** Writes the corpus, and takes away what is no longer part of it. */
export function writeCorpus(): void {
  const files = corpusFiles();
  mkdirSync(corpusFolder, { recursive: true });
  for (const name of readdirSync(corpusFolder)) if (!files.has(name)) rmSync(`${corpusFolder}/${name}`);
  for (const [name, content] of files) writeFileSync(`${corpusFolder}/${name}`, content);
}
