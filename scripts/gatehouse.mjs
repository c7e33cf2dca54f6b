#!/usr/bin/env node
import process from 'node:process';
import { runOnNode24 } from './node24.mjs';

runOnNode24('cli/main.ts', process.argv.slice(2));
