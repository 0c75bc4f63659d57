import { readFileSync, watch, type FSWatcher } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { parseUsers } from './parse-users.js';
import type { UserDirectory } from './user-directory.js';

/** Editors write in several steps; the file counts when it has been left alone this long. */
const SETTLED_AFTER_MS = 80;

/** Keeps the directory at what the users file says, from the first reading on. */
export class UsersFile {
  readonly #path: string;
  readonly #users: UserDirectory;
  readonly #report: (line: string) => void;
  #watcher: FSWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;
  #text: string | undefined;

  constructor(path: string, users: UserDirectory, report: (line: string) => void) {
    this.#path = resolve(path);
    this.#users = users;
    this.#report = report;
  }

  /** Reads the file, then follows it. Throws a TypeError when the first reading fails. */
  open(): void {
    this.#read();
    // The folder, not the file: most editors replace the file, and a watch on it would follow the old one.
    this.#watcher = watch(dirname(this.#path), (_, name) => {
      if (name === null || name === basename(this.#path)) this.#readSoon();
    });
    this.#watcher.unref().on('error', ({ message }) => this.#keep(`The users file is no longer watched: ${message}`));
    // What was written between the reading and the watch.
    this.#readSoon();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#watcher?.close();
  }

  #readSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      try {
        this.#read();
      } catch (error) {
        this.#keep(`${messageOf(error)} The last good version stays in force.`);
      }
    }, SETTLED_AFTER_MS).unref();
  }

  #read(): void {
    const text = readText(this.#path);
    if (text === this.#text && this.#users.problem === undefined) return;
    const users = parseUsers(text, `The users file ${this.#path}`);
    const isFirst = this.#text === undefined;
    this.#text = text;
    this.#users.takeFile(users);
    if (!isFirst) this.#report(`The users file was read again: ${users.length} users.`);
  }

  #keep(problem: string): void {
    if (problem === this.#users.problem) return;
    this.#users.keepFile(problem);
    this.#report(problem);
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new TypeError(`The users file ${path} cannot be read.`, { cause });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
