import { join } from 'node:path';
import { z } from 'zod';
import { HostError } from '../host-error.ts';
import { messageOf } from '../message-of.ts';
import { readNamespace } from '../servicebus/definition/read-namespace.ts';
import type { NamespaceDefinition } from '../servicebus/definition/topic-definition.ts';
import { readJsonFile } from './read-json-file.ts';

/**
 * The queues and topics of servicebus.json, in the shape of the official emulator's Config.json
 * (https://learn.microsoft.com/azure/service-bus-messaging/test-locally-with-service-bus-emulator).
 * `undefined` where there is no file: the app uses none. Throws `HostError` that names the file and the field.
 */
export function readServiceBusFile(folder: string): NamespaceDefinition | undefined {
  const file = join(folder, 'servicebus.json');
  const content = readJsonFile(file, z.unknown());
  if (content === undefined) return undefined;
  try {
    return readNamespace(content);
  } catch (error) {
    throw new HostError(`${file} is not as expected: ${messageOf(error)}`);
  }
}
