#!/usr/bin/env node
// Starts the program that came with the package for this machine.
'use strict';
const { spawnSync } = require('node:child_process');

const name = `copydesk-${process.platform}-${process.arch}`;
const program = process.platform === 'win32' ? 'copydesk.exe' : 'copydesk';

let path;
try {
  path = require.resolve(`${name}/${program}`);
} catch {
  console.error(`copydesk: the package “${name}” is not installed`);
  console.error('  = there is one for Linux, macOS and Windows on x64 and arm64; install without --omit=optional');
  process.exit(2);
}
// Ctrl-C reaches both: the program finishes its report, and this waits for it.
process.on('SIGINT', () => {});
const { status, error } = spawnSync(path, process.argv.slice(2), { stdio: 'inherit' });
if (error) {
  console.error(`copydesk: ${path} does not start: ${error.message}`);
}
process.exit(status ?? 2);
