/**
 * Active Directory's own errors, the eight hexadecimal digits at the start of its messages, that an administrator can do something about: Windows system errors
 * (https://learn.microsoft.com/windows/win32/debug/system-error-codes--8200-8999-, …--1300-1699-), of which the directory's own begin at 0x2000.
 */
const extendedErrors: Readonly<Record<string, string>> = {
  '00000005': 'The service account has no right to do this: delegate it on the organisational unit.',
  '0000001F': 'Passwords are taken over an encrypted connection only.',
  '00000057': 'A value is none that this attribute takes.',
  '00000524': 'An object of this name is there already.',
  '00000525': 'There is no such account.',
  '0000052D': 'The password does not meet the domain’s policy: length, complexity, history or age.',
  '00000561': 'The member cannot be taken out: it is not there, or the group is its primary group.',
  '00000562': 'The member is there already.',
  '000020B5': 'An attribute names an object that is not there.',
  '00002014': 'An attribute is not allowed on objects of this class.',
  '00002015': 'Other objects are below it, so that it cannot be deleted.',
  '00002016': 'This attribute is the object’s name: it is changed by renaming, not by writing.',
  '0000200B': 'A value is not of this attribute’s kind, or too long.',
  '0000200D': 'The value is there already, or the attribute takes one value only.',
  '0000202B': 'The object is in another domain, to which Active Directory refers: work on a controller of that domain.',
  '0000202F': 'The value breaks a rule of the directory, such as a principal name that must be unique.',
  '00002030': 'There is no such object.',
  '00002035': 'The directory does not do this as asked.',
  '00002071': 'An object of this name is there already.',
  '0000208D': 'There is no such object.',
  '00002089': 'The container that the object is to be under is not there.',
  '00002095': 'The directory could not do this; of a move, the container that the object is to be under may not be there.',
  '00002098': 'The service account has no right to do this: delegate it on the organisational unit.',
  '000021C7': 'The name of a service principal is another object’s already.',
  '000021C8': 'The principal name is somebody’s already, anywhere in the forest.',
};

/** Result codes without a message of Active Directory's own (RFC 4511 appendix A). */
const results: Readonly<Record<number, string>> = {
  8: 'It asks for an encrypted connection.',
  10: 'The object is in another domain, to which Active Directory refers: work on a controller of that domain.',
  11: 'The question is more than the server’s limits allow.',
  50: 'The service account has no right to do this: delegate it on the organisational unit.',
  51: 'It is busy.',
  52: 'It is shutting down, or not ready.',
};

/** What a refusal means, in a sentence for people; undefined where the answer's own text has to do. Nothing is decided by it. */
export function inWords(code: number, extended: string | undefined): string | undefined {
  return extendedErrors[extended ?? ''] ?? results[code];
}
