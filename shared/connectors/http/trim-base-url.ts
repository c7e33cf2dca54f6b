import { GatehouseError } from '../../errors.ts';

/** A base address without a slash at its end. Throws `config-invalid` unless it is https, or http to this machine itself. */
export function trimBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLoopback = url !== undefined && /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(url.hostname);
  if (url === undefined || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback))) {
    throw new GatehouseError('config-invalid', `The address "${text}" must begin with https:// (http:// only for 127.0.0.1).`);
  }
  return text.replace(/\/+$/, '');
}
