#!/usr/bin/env node
import { runCommandLine } from './run-command-line.js';

/** All of standard input, as text. */
async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

void runCommandLine(process.argv.slice(2), {
  environment: process.env,
  out: (line) => void process.stdout.write(`${line}\n`),
  error: (line) => void process.stderr.write(`${line}\n`),
  input: readInput,
  now: Date.now,
}).then((code) => (process.exitCode = code));
